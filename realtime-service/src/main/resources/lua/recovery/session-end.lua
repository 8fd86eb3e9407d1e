-- Takes away a session that is over for good. Key: the session. Argument: the connection that must own it. Answers whether it did.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
