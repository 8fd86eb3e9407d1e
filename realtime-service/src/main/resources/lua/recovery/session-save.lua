-- Saves a session as a whole. Key: the session. Arguments: the connection that owns it, for how many milliseconds, then its
-- fields and their values by turns. Answers 1; 0 when it is another's, or nobody's, so that nothing was done.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] and redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
