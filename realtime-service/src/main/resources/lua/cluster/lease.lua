-- Takes or keeps a lease. Key: the lease. Arguments: who, and for how many milliseconds. Answers whether they hold it.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return false
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return true
