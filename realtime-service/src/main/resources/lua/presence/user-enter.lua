-- Users have their first sockets on an instance. Keys: the users. Arguments: the instance's field, then for each user who
-- it is, and whether it was told to be online before Redis lost what it knew.
for i, user in ipairs(KEYS) do
  redis.call('HSET', user, ARGV[1], 1, 'who', ARGV[2 * i])
  redis.call('HDEL', user, 'gone')
  if ARGV[2 * i + 1] == '1' then
    redis.call('HSETNX', user, 'told', 1)
  end
end
return #KEYS
