-- Adds an entry unless an earlier one was added with the same idempotence key.
-- KEYS: the stream, the idempotence key. ARGV: milliseconds to remember it, the fingerprint, then XADD's arguments after
-- the stream. Returns the id and 0 if added, 1 if it already existed, 2 if it already existed with another fingerprint.
local known = redis.call('GET', KEYS[2])
if known then
  local cut = string.find(known, ' ', 1, true)
  local id = string.sub(known, 1, cut - 1)
  if string.sub(known, cut + 1) ~= ARGV[2] then
    return {id, 2}
  end
  -- A write without effect, so that a following WAIT also covers the replication of the first entry.
  redis.call('SET', KEYS[2], known, 'KEEPTTL')
  return {id, 1}
end
local id = redis.call('XADD', KEYS[1], unpack(ARGV, 3))
redis.call('SET', KEYS[2], id .. ' ' .. ARGV[2], 'PX', ARGV[1])
return {id, 0}
