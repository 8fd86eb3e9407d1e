-- Says whether the list is the one that was read. Keys: the blocks, their version. Answers the version and how many entries there
-- are: an evicted list leaves its version behind.
return (redis.call('GET', KEYS[2]) or '') .. '/' .. redis.call('HLEN', KEYS[1])
