-- Blocks a user, or changes the end of a block.
-- Keys: the blocks, their version. Arguments: the user, the duration in milliseconds, the maximum number of blocks, the
-- new version. Returns the end in milliseconds; nothing if the maximum is reached.
--
-- An entry is "<end>:<stamp>:<kept>": the end of the block, 0 if it was revoked; when it was written; until when it is
-- kept. All times are by Redis' clock, and a new stamp is always later than the one before.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local most = tonumber(ARGV[3])
local known = redis.call('HGET', KEYS[1], ARGV[1])

if not known and redis.call('HLEN', KEYS[1]) >= most then
  local all = redis.call('HGETALL', KEYS[1])
  local blocked = 0
  for i = 1, #all, 2 do
    local ends, kept = string.match(all[i + 1], '^(%d+):%d+:(%d+)$')
    if kept == nil or tonumber(kept) <= now then
      redis.call('HDEL', KEYS[1], all[i])
    elseif tonumber(ends) > now then
      blocked = blocked + 1
    end
  end
  if blocked >= most or redis.call('HLEN', KEYS[1]) >= 2 * most then
    return false
  end
end

local ends = now + tonumber(ARGV[2])
local stamp = now
local kept = ends
if known then
  local _, before, until_ = string.match(known, '^(%d+):(%d+):(%d+)$')
  stamp = math.max(stamp, (tonumber(before) or 0) + 1)
  kept = math.max(kept, tonumber(until_) or 0)
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f:%.0f:%.0f', ends, stamp, kept))
redis.call('SET', KEYS[2], ARGV[4])
return string.format('%.0f', ends)
