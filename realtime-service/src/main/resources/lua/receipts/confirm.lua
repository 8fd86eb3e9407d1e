-- Records that a user has confirmed.
-- Key: the receipt. Arguments: the user, the time, whether the notification is known to be recalled: 1, or empty. Returns
-- 1 if this is the user's first confirmation, 2 if there was one before, 0 if the notification was not written to the
-- user, 3 if it was recalled before the user confirmed.
local field = 'u:' .. ARGV[1]
local known = redis.call('HGET', KEYS[1], field)
if not known then
  return 0
end
local written, rest = string.match(known, '^(%d+ %d+) %-( .*)$')
if not written then
  return 2
end
if ARGV[3] == '1' or redis.call('HEXISTS', KEYS[1], 'recalled') == 1 then
  return 3
end
redis.call('HSET', KEYS[1], field, written .. ' ' .. ARGV[2] .. rest)
redis.call('HINCRBY', KEYS[1], 'confirmed', 1)
return 1
