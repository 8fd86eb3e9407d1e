-- Begins an instance's entries anew.
-- Keys: its entries, its state. Arguments: the new generation, the protocol version.
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[2], 'generation', ARGV[1], 'protocol', ARGV[2], 'number', 0)
return 1
