-- Keeps a session whose connection lives. Key: the session. Arguments: the connection that must own it, for how many milliseconds.
-- Answers 1; 0 when it is not the connection's; -1 when it is not there.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return redis.call('EXISTS', KEYS[1]) - 1
end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
