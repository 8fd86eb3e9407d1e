-- Enters a sending.
-- Keys: the sending, all sendings, those with something to do by its time, the totals, the caller's key. Arguments: the
-- sending's id; its head; its payload; its state; when it is to be sent; until when it is valid, empty for good; when it
-- has to be looked at; the maximum bytes of all; the maximum number that wait; the fingerprint of the request, empty if
-- the caller has no key; how long the key is remembered, in milliseconds.
-- Returns created; repeated and the id, if the caller's key stands for an earlier sending; reused, if it stands for
-- another request; waiting, if no more can wait; full, if there is no room.
local sending, index, due, totals, key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, state, most_bytes, fingerprint = ARGV[1], ARGV[4], tonumber(ARGV[8]), ARGV[10]
if fingerprint ~= '' then
  local known = redis.call('GET', key)
  if known then
    local before, first = string.match(known, '^(%S+) (%S+)$')
    if before ~= fingerprint then
      return { 'reused' }
    end
    return { 'repeated', first }
  end
end
local bytes = 700 + #ARGV[2] + #ARGV[3]
if state ~= 'sending' then
  -- What waits has half of the room, so that what is sent at once always finds some.
  if tonumber(redis.call('HGET', totals, 'waiting') or 0) >= tonumber(ARGV[9])
    or tonumber(redis.call('HGET', totals, 'waitingBytes') or 0) + bytes > most_bytes / 2 then
    return { 'waiting' }
  end
end
if tonumber(redis.call('HGET', totals, 'bytes') or 0) + bytes > most_bytes then
  return { 'full' }
end
redis.call('HSET', sending, 'head', ARGV[2], 'payload', ARGV[3], 'state', state, 'at', ARGV[5], 'until', ARGV[6],
  'bytes', bytes)
redis.call('ZADD', index, 0, id)
redis.call('ZADD', due, ARGV[7], id)
redis.call('HINCRBY', totals, 'bytes', bytes)
if state ~= 'sending' then
  redis.call('HINCRBY', totals, 'waiting', 1)
  redis.call('HINCRBY', totals, 'waitingBytes', bytes)
end
if fingerprint ~= '' then
  redis.call('SET', key, fingerprint .. ' ' .. id, 'PX', ARGV[11])
end
return { 'created' }
