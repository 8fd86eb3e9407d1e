-- Gives a sending up.
-- Keys: the sending, those with something to do by its time, those that are over by the time they are forgotten.
-- Arguments: the sending's id, the code, the time, when it is forgotten.
-- Returns 1; 0 if it is not on its way.
local sending = KEYS[1]
if redis.call('HGET', sending, 'state') ~= 'sending' then
  return 0
end
redis.call('HSET', sending, 'state', 'failed', 'failure', ARGV[2], 'endedAt', ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
return 1
