-- Notes that a notification was recalled: it is not reminded, not escalated, and nobody else can confirm it.
-- Keys: the receipt, the receipts with a step to come by its time, those without one by their own time. Arguments: the
-- receipt's id, the time, the receipt's own time.
-- Returns 2 if it was escalated, or is being escalated; 1 if not; 0 if there is no such receipt. Asked again, it answers
-- the same.
local receipt, due, settled = KEYS[1], KEYS[2], KEYS[3]
local id, now = ARGV[1], tonumber(ARGV[2])
local before = redis.call('HGET', receipt, 'recalled')
if before then
  return tonumber(before)
end
local step = redis.call('HGET', receipt, 'step')
if not step then
  return 0
end
local event = redis.call('HGET', receipt, 'escalation:event')
local escalated = event and event ~= ''
if step == 'escalation' then
  -- Once its time has come, an instance may be publishing it.
  local at = redis.call('ZSCORE', due, id)
  escalated = at and tonumber(at) <= now
end
local answer = escalated and 2 or 1
redis.call('HSET', receipt, 'recalled', answer, 'step', '')
if step ~= '' then
  redis.call('ZREM', due, id)
  redis.call('ZADD', settled, ARGV[3], id)
end
return answer
