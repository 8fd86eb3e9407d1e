-- Takes a block back. Keys: the blocks, their version. Arguments: the user, the new version. Answers whether there was one.
-- What is left says that it was taken back, for as long as some instance could have it in memory and put it back: until the
-- block would have ended, and no longer than a day.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HGET', KEYS[1], ARGV[1])
if not known then
  return false
end

local ends, stamp, kept = string.match(known, '^(%d+):(%d+):(%d+)$')
if not ends or tonumber(ends) <= now then
  return false
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('0:%.0f:%.0f',
  math.max(now, tonumber(stamp) + 1), math.min(tonumber(kept), now + 86400000)))
redis.call('SET', KEYS[2], ARGV[2])
return true
