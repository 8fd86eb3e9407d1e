-- Parks a session whose connection is gone.
-- Keys: the session, the user's parked sessions. Arguments: the connection that must own it, the lifetime in
-- milliseconds, the session's name among the parked ones, how many of them a user may have. Returns how many of the
-- oldest were removed to make room; -1 if the connection does not own the session, and nothing was done.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
  return -1
end
redis.call('HDEL', KEYS[1], 'owner')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, over in ipairs(redis.call('ZRANGE', KEYS[2], '-inf', string.format('%.0f', now - ARGV[2]), 'BYSCORE')) do
  redis.call('ZREM', KEYS[2], over)
end
redis.call('ZADD', KEYS[2], string.format('%.0f', now), ARGV[3])
local gone = math.max(0, redis.call('ZCARD', KEYS[2]) - ARGV[4])
for _, oldest in ipairs(gone == 0 and {} or redis.call('ZRANGE', KEYS[2], 0, gone - 1)) do
  redis.call('DEL', KEYS[2] .. ':' .. oldest)
  redis.call('ZREM', KEYS[2], oldest)
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
return gone
