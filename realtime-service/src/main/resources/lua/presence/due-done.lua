-- Users were looked at; those who were made due again meanwhile stay. Key: who is due, by time. Arguments, for each: the
-- user, the time that was taken, and when to look again, 0 for not any more.
for i = 1, #ARGV, 3 do
  local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if score and tonumber(score) == tonumber(ARGV[i + 1]) then
    if ARGV[i + 2] == '0' then
      redis.call('ZREM', KEYS[1], ARGV[i])
    else
      redis.call('ZADD', KEYS[1], ARGV[i + 2], ARGV[i])
    end
  end
end
return #ARGV / 3
