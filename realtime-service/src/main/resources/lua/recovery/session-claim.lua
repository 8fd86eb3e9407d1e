-- Makes a connection the owner of a session. A session that is lost, or of another version, keeps its owner. A session
-- that began before its user was blocked is over.
-- Keys: the session, the user's parked sessions, the mark of the user's block. Arguments: the connection, the lifetime in
-- milliseconds, the session's name among the parked ones, the protocol version. Returns the fields as they were, with the
-- previous owner; nothing if the session does not exist.
local session = redis.call('HGETALL', KEYS[1])
if #session == 0 then
  return session
end
local blocked = redis.call('GET', KEYS[3])
if blocked then
  if tonumber(redis.call('HGET', KEYS[1], 't') or 0) <= tonumber(blocked) then
    redis.call('DEL', KEYS[1])
    redis.call('ZREM', KEYS[2], ARGV[3])
    return {}
  end
end
local lost = redis.call('HEXISTS', KEYS[1], 'lost') == 1
if not lost and redis.call('HGET', KEYS[1], 'v') == ARGV[4] then
  if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then
    -- Each owner numbers its own changes.
    redis.call('HDEL', KEYS[1], 'n')
  end
  redis.call('HSET', KEYS[1], 'owner', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  redis.call('ZREM', KEYS[2], ARGV[3])
end
return session
