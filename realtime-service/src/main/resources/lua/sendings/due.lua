-- Finds what has to be done about sendings.
-- Keys: all sendings, those with something to do by its time, those that are over by the time they are forgotten, the
-- totals, all that was recalled. Arguments: the time, the maximum number of each answer.
-- Returns the time of the next one, empty without one; the bytes of all; their number; the number of those that wait; a
-- text that changes with what was recalled; the number of those whose time has come; these, earliest first; then those
-- that are no longer kept.
local due, totals = KEYS[2], KEYS[4]
local answer = {
  '',
  redis.call('HGET', totals, 'bytes') or '0',
  tostring(redis.call('ZCARD', KEYS[1])),
  redis.call('HGET', totals, 'waiting') or '0',
  (redis.call('HGET', totals, 'recalls') or '0') .. ':' .. redis.call('ZCARD', KEYS[5]),
}
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if first[2] then
  answer[1] = string.format('%.0f', tonumber(first[2]))
end
local come = redis.call('ZRANGE', due, '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
answer[6] = tostring(#come)
for _, id in ipairs(come) do
  answer[#answer + 1] = id
end
for _, id in ipairs(redis.call('ZRANGE', KEYS[3], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  answer[#answer + 1] = id
end
return answer
