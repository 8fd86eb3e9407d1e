-- Forgets a receipt.
-- Keys: the receipt, all receipts by their time, those with a step to come, those without one, the totals. Argument: the
-- receipt's id. Returns whether it existed.
local bytes = redis.call('HGET', KEYS[1], 'bytes')
redis.call('DEL', KEYS[1])
for i = 2, 4 do
  redis.call('ZREM', KEYS[i], ARGV[1])
end
if redis.call('ZCARD', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[5])
elseif bytes then
  redis.call('HINCRBY', KEYS[5], 'bytes', -tonumber(bytes))
end
return bytes and 1 or 0
