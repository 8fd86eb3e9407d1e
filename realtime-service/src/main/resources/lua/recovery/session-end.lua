-- Deletes a session that is over for good.
-- Key: the session. Argument: the connection that must own it. Returns whether it was deleted.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
return redis.call('DEL', KEYS[1])
