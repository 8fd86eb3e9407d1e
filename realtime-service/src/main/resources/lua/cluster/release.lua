-- Gives a lease back. Key: the lease. Argument: who. Another's is left alone.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
