-- Restores blocks that Redis has lost. Of two entries of a user, the one written later counts, so that a block that was
-- revoked or changed meanwhile does not return.
-- Keys: the blocks, their version. Arguments: the maximum number of entries, the new version, then users and their
-- entries, alternating (see put). Returns how many entries were restored.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local room = tonumber(ARGV[1]) - redis.call('HLEN', KEYS[1])
local restored = 0

for i = 3, #ARGV, 2 do
  local stamp, kept = string.match(ARGV[i + 1], '^%d+:(%d+):(%d+)$')
  local known = redis.call('HGET', KEYS[1], ARGV[i])
  local before = known and tonumber(string.match(known, '^%d+:(%d+):%d+$') or '0')
  if tonumber(kept) > now and (known and tonumber(stamp) > before or not known and room > 0) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    restored = restored + 1
    if not known then
      room = room - 1
    end
  end
end

if restored > 0 then
  redis.call('SET', KEYS[2], ARGV[2])
end
return restored
