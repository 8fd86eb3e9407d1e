-- Removes an instance.
-- Keys: the entries, the instances by their last beats. Arguments: the instance, and how many milliseconds must have
-- passed since its last beat. Returns whether it was removed.
local beat = redis.call('ZSCORE', KEYS[2], ARGV[1])
if beat and tonumber(ARGV[2]) > 0 then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  if now - tonumber(beat) < tonumber(ARGV[2]) then
    return false
  end
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[1], ARGV[1])
return true
