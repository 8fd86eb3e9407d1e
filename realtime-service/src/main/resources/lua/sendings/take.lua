-- Takes a sending that has to be looked at. Decides between sending and cancelling: what is taken cannot be cancelled.
-- Keys: the sending, those with something to do by its time, those that are over by the time they are forgotten, the
-- totals. Arguments: the sending's id, the time, when others may take it, when it is forgotten if it has run out.
-- Returns the state: sending, if it has to be sent, or recalled, if that has to be told; anything else, or early, if
-- there is nothing to do.
local sending, due, over, totals = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, now = ARGV[1], tonumber(ARGV[2])
local score = redis.call('ZSCORE', due, id)
local state = redis.call('HGET', sending, 'state')
if not state then
  redis.call('ZREM', due, id)
  return ''
end
if not score then
  return state == 'recalled' and 'told' or state
end
if tonumber(score) > now then
  return 'early'
end
if state == 'held' or state == 'planned' then
  redis.call('HINCRBY', totals, 'waiting', -1)
  redis.call('HINCRBY', totals, 'waitingBytes', -tonumber(redis.call('HGET', sending, 'bytes')))
  state = 'sending'
end
if state == 'sending' then
  local ends = redis.call('HGET', sending, 'until')
  if ends ~= '' and tonumber(ends) <= now then
    redis.call('HSET', sending, 'state', 'expired', 'endedAt', ends)
    redis.call('ZREM', due, id)
    redis.call('ZADD', over, ARGV[4], id)
    return 'expired'
  end
  redis.call('HSET', sending, 'state', 'sending')
elseif state ~= 'recalled' then
  redis.call('ZREM', due, id)
  return state
end
redis.call('ZADD', due, ARGV[3], id)
return state
