-- Finds what has to be done about receipts.
-- Keys: all receipts by their time, those with a step to come by its time, the totals. Arguments: the time, the time
-- before which receipts are no longer kept, the maximum number of each answer.
-- Returns the time of the next step, empty without one; the bytes of all receipts; the number of receipts; the number of
-- steps whose time has come; these, earliest first; then the receipts that are no longer kept.
local index, due, totals = KEYS[1], KEYS[2], KEYS[3]
local answer = { '', redis.call('HGET', totals, 'bytes') or '0', tostring(redis.call('ZCARD', index)) }
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if first[2] then
  answer[1] = string.format('%.0f', tonumber(first[2]))
end
local come = redis.call('ZRANGE', due, '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[3])
answer[4] = tostring(#come)
for _, id in ipairs(come) do
  answer[#answer + 1] = id
end
for _, id in ipairs(redis.call('ZRANGE', index, '-inf', '(' .. ARGV[2], 'BYSCORE', 'LIMIT', 0, ARGV[3])) do
  answer[#answer + 1] = id
end
return answer
