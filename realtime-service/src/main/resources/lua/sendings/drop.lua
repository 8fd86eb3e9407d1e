-- Forgets a sending that is over.
-- Keys: the sending, all sendings, those with something to do by its time, those that are over by the time they are
-- forgotten, the totals. Argument: the sending's id.
local bytes = redis.call('HGET', KEYS[1], 'bytes')
redis.call('DEL', KEYS[1])
for i = 2, 4 do
  redis.call('ZREM', KEYS[i], ARGV[1])
end
if bytes then
  redis.call('HINCRBY', KEYS[5], 'bytes', -tonumber(bytes))
end
return bytes and 1 or 0
