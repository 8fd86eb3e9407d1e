-- Marks a session as one that has missed nobody knows what. Key: the session. Arguments: the connection that must own it, and for
-- how many milliseconds it is remembered. Answers whether it did.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'lost', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
