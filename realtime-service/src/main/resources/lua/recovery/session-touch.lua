-- Keeps a session whose connection lives.
-- Key: the session. Arguments: the connection that must own it, the lifetime in milliseconds. Returns 1; 0 if the
-- connection does not own the session; -1 if it does not exist.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return redis.call('EXISTS', KEYS[1]) - 1
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
