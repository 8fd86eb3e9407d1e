-- Records to how many sockets an instance wrote the events of one minute.
-- Key: the minute. Arguments: the instance, for how many milliseconds the minute is kept, the maximum number of events,
-- then ids of events and numbers of sockets, alternating. Returns how many events were left out.
--
-- Each field is an event's id; its value is "<instance>=<sockets>" for every instance, separated by spaces.
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
