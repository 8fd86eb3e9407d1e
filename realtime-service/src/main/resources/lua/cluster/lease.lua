-- Acquires or renews a lease.
-- Key: the lease. Arguments: the holder, and for how many milliseconds. Returns whether the holder has the lease.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return false
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return true
