-- Notes that users were checked; users that became due again meanwhile stay.
-- Key: the due users, by time. Arguments, for each user: the user, the due time that was taken, when to check again (0
-- for never).
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
