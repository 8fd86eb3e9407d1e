-- Notes to how many sockets an instance wrote events of one minute. Keys: the minute. Arguments: the instance, for how many
-- milliseconds the minute is kept, how many events it may have, then an event's id and a number of sockets in turn. Each
-- field is an event's id, and has "<instance>=<sockets>" of every instance, with spaces between. Answers how many were left out.
local room = tonumber(ARGV[3]) - redis.call('HLEN', KEYS[1])
local left = 0

for i = 4, #ARGV, 2 do
  local own = ARGV[1] .. '=' .. ARGV[i + 1]
  local known = redis.call('HGET', KEYS[1], ARGV[i])
  if known then
    redis.call('HSET', KEYS[1], ARGV[i], known .. ' ' .. own)
  elseif room > 0 then
    redis.call('HSET', KEYS[1], ARGV[i], own)
    room = room - 1
  else
    left = left + 1
  end
end

if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return left
