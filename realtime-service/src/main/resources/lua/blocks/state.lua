-- Tells whether the list has changed since it was read.
-- Keys: the blocks, their version. Returns the version and the number of entries: an evicted list leaves its version
-- behind.
return (redis.call('GET', KEYS[2]) or '') .. '/' .. redis.call('HLEN', KEYS[1])
