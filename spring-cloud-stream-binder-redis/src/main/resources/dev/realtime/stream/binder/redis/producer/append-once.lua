-- Adds an entry unless the same key added one before.
-- KEYS: the stream, the key's memory. ARGV: milliseconds to remember, fingerprint, then XADD's arguments after the key.
-- Returns the id and 0 for added, 1 for already there, 2 for already there under another fingerprint.
local known = redis.call('GET', KEYS[2])
if known then
  local cut = string.find(known, ' ', 1, true)
  local id = string.sub(known, 1, cut - 1)
  if string.sub(known, cut + 1) ~= ARGV[2] then
    return {id, 2}
  end
  -- A write that changes nothing, so that a WAIT after it waits for the first one's replication too.
  redis.call('SET', KEYS[2], known, 'KEEPTTL')
  return {id, 1}
end
local id = redis.call('XADD', KEYS[1], unpack(ARGV, 3))
redis.call('SET', KEYS[2], id .. ' ' .. ARGV[2], 'PX', ARGV[1])
return {id, 0}
