-- Revokes a block. The entry that remains says so for as long as an instance could have the block in memory and restore
-- it: until the block would have ended, but at most a day.
-- Keys: the blocks, their version. Arguments: the user, the new version. Returns whether there was a block.
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
