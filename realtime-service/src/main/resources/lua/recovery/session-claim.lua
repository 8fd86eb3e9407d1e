-- Makes a connection the owner of a session. Keys: the session, the user's parked sessions. Arguments: the connection, for how
-- many milliseconds, the session's name among the parked ones, the protocol version. Answers the fields as they were, with
-- the owner until now; nothing when there is no session. One that is lost, or of another version, keeps its owner.
local session = redis.call('HGETALL', KEYS[1])
local lost = redis.call('HEXISTS', KEYS[1], 'lost') == 1
if #session > 0 and not lost and redis.call('HGET', KEYS[1], 'v') == ARGV[4] then
  redis.call('HSET', KEYS[1], 'owner', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('ZREM', KEYS[2], ARGV[3])
end
return session
