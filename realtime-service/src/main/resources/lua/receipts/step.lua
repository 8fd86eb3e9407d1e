-- Records a step that is over.
-- Keys: the receipt, the receipts with a step to come by its time, those without one by their own time. Arguments: the
-- receipt's id, the step, the event that was published, empty if none had to be; the time; the receipt's own time; the
-- step to come, empty for none, and its time.
-- Returns 1; 0 if there is no such receipt, or the step was over before.
local receipt, due, settled = KEYS[1], KEYS[2], KEYS[3]
local id, step = ARGV[1], ARGV[2]
if redis.call('HGET', receipt, 'step') ~= step then
  if redis.call('EXISTS', receipt) == 0 then
    redis.call('ZREM', due, id)
  elseif ARGV[3] ~= '' and redis.call('HGET', receipt, step .. ':event') == '' then
    -- Another instance saw that everybody had confirmed while this one published.
    redis.call('HSET', receipt, step .. ':event', ARGV[3])
  end
  return 0
end
redis.call('HSET', receipt, step .. ':event', ARGV[3], step .. ':at', ARGV[4], 'step', ARGV[6])
if ARGV[6] == '' then
  redis.call('ZREM', due, id)
  redis.call('ZADD', settled, ARGV[5], id)
else
  redis.call('ZADD', due, ARGV[7], id)
end
return 1
