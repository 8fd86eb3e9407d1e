-- A user has a first socket on an instance. Key: the user. Arguments: the instance's field, who it is, and whether the
-- user was told to be online before Redis lost what it knew.
redis.call('HSET', KEYS[1], ARGV[1], 1, 'who', ARGV[2])
redis.call('HDEL', KEYS[1], 'gone')
if ARGV[3] == '1' then
  redis.call('HSETNX', KEYS[1], 'told', 1)
end
return 1
