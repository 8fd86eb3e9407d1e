-- Blocks a user, or changes the end of a block. Keys: the blocks, their version. Arguments: the user, for how many
-- milliseconds, how many blocks there may be, the new version. Answers the end in milliseconds; nothing when there are as many already.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local most = tonumber(ARGV[3])

if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) >= most then
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local ends = tonumber(all[i + 1])
    if ends == nil or ends <= now then
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
  if redis.call('HLEN', KEYS[1]) >= most then
    return false
  end
end

local ends = string.format('%.0f', now + tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], ARGV[1], ends)
redis.call('SET', KEYS[2], ARGV[4])
return ends
