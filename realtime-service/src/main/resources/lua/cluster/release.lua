-- Releases a lease, unless another holder has it.
-- Key: the lease. Argument: the holder.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
