-- Saves a session as a whole.
-- Key: the session. Arguments: the connection that owns it, the lifetime in milliseconds, then its fields and values,
-- alternating. Returns 1; 0 if the session exists and the connection does not own it, and nothing was done.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] and redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
local began = redis.call('HGET', KEYS[1], 't')
if not began then
  local time = redis.call('TIME')
  began = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 't', began, unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
