-- Cancels a sending that waits.
-- Keys: the sending, those with something to do by its time, those that are over by the time they are forgotten, the
-- totals. Arguments: the sending's id, the time, who cancels it, when it is forgotten.
-- Returns 1; 0 if it does not wait.
local sending, totals = KEYS[1], KEYS[4]
local state = redis.call('HGET', sending, 'state')
if state ~= 'held' and state ~= 'planned' then
  return 0
end
redis.call('HSET', sending, 'state', 'cancelled', 'endedAt', ARGV[2], 'endedBy', ARGV[3])
redis.call('HINCRBY', totals, 'waiting', -1)
redis.call('HINCRBY', totals, 'waitingBytes', -tonumber(redis.call('HGET', sending, 'bytes')))
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
return 1
