-- A user was looked at; who was made due again meanwhile stays. Key: who is due, by time. Arguments: the user, the time
-- that was taken, and when to look again, 0 for not any more.
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) == tonumber(ARGV[2]) then
  if ARGV[3] == '0' then
    redis.call('ZREM', KEYS[1], ARGV[1])
  else
    redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
  end
end
return 1
