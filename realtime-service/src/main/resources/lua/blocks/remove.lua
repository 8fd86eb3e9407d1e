-- Ends a block. Keys: the blocks, their version. Arguments: the user, the new version. Answers whether there was one.
local removed = redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], ARGV[2])
return removed == 1
