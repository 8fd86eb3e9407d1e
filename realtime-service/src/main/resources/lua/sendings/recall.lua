-- Recalls a sending that was sent and is still valid.
-- Keys: the sending, those with something to do by its time, those that are over by the time they are forgotten, the
-- totals, all that was recalled. Arguments: the sending's id, the time, who recalls it, when it is forgotten, when others
-- may tell of it, its name among what was recalled, how many of these are kept.
-- Returns 1; 0 if it is not to be recalled.
local sending, recalled = KEYS[1], KEYS[5]
local ends = redis.call('HGET', sending, 'until')
if redis.call('HGET', sending, 'state') ~= 'sent' or (ends ~= '' and tonumber(ends) <= tonumber(ARGV[2])) then
  return 0
end
redis.call('HSET', sending, 'state', 'recalled', 'endedAt', ARGV[2], 'endedBy', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1])
redis.call('ZADD', recalled, ARGV[2], ARGV[6])
for _, oldest in ipairs(redis.call('ZRANGE', recalled, 0, -1 - tonumber(ARGV[7]))) do
  redis.call('ZREM', recalled, oldest)
end
redis.call('HINCRBY', KEYS[4], 'recalls', 1)
return 1
