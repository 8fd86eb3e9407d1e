-- Changes an instance's entries.
-- Keys: its entries, its state. Arguments: the generation, how many fields to put, then the name and value of each,
-- then the fields to delete. Returns the number of this change, or of the last change if there is none; -1 if the
-- generation is over, and nothing was done.
if redis.call('HGET', KEYS[2], 'generation') ~= ARGV[1] then
  return -1
end
local puts = tonumber(ARGV[2])
for i = 0, puts - 1 do
  redis.call('HSET', KEYS[1], ARGV[3 + 2 * i], ARGV[4 + 2 * i])
end
for i = 3 + 2 * puts, #ARGV do
  redis.call('HDEL', KEYS[1], ARGV[i])
end
if #ARGV == 2 then
  return tonumber(redis.call('HGET', KEYS[2], 'number'))
end
return redis.call('HINCRBY', KEYS[2], 'number', 1)
