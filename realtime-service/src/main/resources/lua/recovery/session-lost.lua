-- Marks a session as lost: what it has missed is unknown.
-- Key: the session. Arguments: the connection that must own it, and for how many milliseconds the mark is kept. Returns
-- whether the session was marked.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'lost', 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
