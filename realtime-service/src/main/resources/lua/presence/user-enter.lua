-- Registers users who have their first socket on an instance.
-- Keys: the users. Arguments: the instance's field, then for each user what is announced about them, and whether they
-- were announced as online before Redis lost its data.
for i, user in ipairs(KEYS) do
  redis.call('HSET', user, ARGV[1], 1, 'who', ARGV[2 * i])
  redis.call('HDEL', user, 'gone')
  if ARGV[2 * i + 1] == '1' then
    redis.call('HSETNX', user, 'told', 1)
  end
end
return #KEYS
