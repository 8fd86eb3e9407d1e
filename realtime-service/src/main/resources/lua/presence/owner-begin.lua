-- Begins an instance's entries anew. Keys: its entries, its state. Argument: the new generation.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('DEL', KEYS[1], KEYS[2])
redis.call('HSET', KEYS[2], 'generation', ARGV[1], 'number', 0, 'beat', string.format('%.0f', now))
return 1
