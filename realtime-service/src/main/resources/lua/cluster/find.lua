-- Finds one instance.
-- Keys: the entries, the instances by their last beats. Argument: the instance. Returns the milliseconds since its last
-- beat and its entry; nothing if it does not exist.
local beat = redis.call('ZSCORE', KEYS[2], ARGV[1])
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not beat or not entry then
  return {}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return { string.format('%.0f', math.max(0, now - tonumber(beat))), entry }
