-- A user's last socket on an instance is gone. Key: the user. Arguments: the instance's field, and when it went in
-- milliseconds, 0 for now. Answers when the last one of all went; 0 while there are others.
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 and redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 2) == 'i:' then
    return 0
  end
end
local gone = tonumber(ARGV[2])
if gone == 0 then
  local time = redis.call('TIME')
  gone = time[1] * 1000 + math.floor(time[2] / 1000)
end
redis.call('HSETNX', KEYS[1], 'gone', string.format('%.0f', gone))
return tonumber(redis.call('HGET', KEYS[1], 'gone'))
