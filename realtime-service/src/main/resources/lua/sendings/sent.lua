-- Notes that Redis has the event of a sending.
-- Keys: the sending, those with something to do by its time, those that are over by the time they are forgotten.
-- Arguments: the sending's id, the event's id, the event's time, when it is forgotten.
-- Returns the state.
local sending, due, over = KEYS[1], KEYS[2], KEYS[3]
local state = redis.call('HGET', sending, 'state')
if state == 'sending' or state == 'failed' then
  -- What has failed may be tried again, or another instance gave up while this one published it.
  redis.call('HSET', sending, 'state', 'sent', 'event', ARGV[2], 'sentAt', ARGV[3])
  redis.call('HDEL', sending, 'failure', 'endedAt')
  redis.call('ZREM', due, ARGV[1])
  redis.call('ZADD', over, ARGV[4], ARGV[1])
  return 'sent'
end
if state == 'expired' then
  redis.call('HSET', sending, 'event', ARGV[2], 'sentAt', ARGV[3])
end
return state or ''
