-- Users have lost their last sockets on an instance. Keys: the users. Arguments: the instance's field, and when that was in
-- milliseconds, 0 for now. Notes when the last one of all went. Answers how many users have none anywhere.
local gone = tonumber(ARGV[2])
if gone == 0 then
  local time = redis.call('TIME')
  gone = time[1] * 1000 + math.floor(time[2] / 1000)
end

local function is_elsewhere(user)
  for _, field in ipairs(redis.call('HKEYS', user)) do
    if string.sub(field, 1, 2) == 'i:' then
      return true
    end
  end
  return false
end

local away = 0
for _, user in ipairs(KEYS) do
  local known = redis.call('HDEL', user, ARGV[1]) == 1 or redis.call('EXISTS', user) == 1
  if known and not is_elsewhere(user) then
    redis.call('HSETNX', user, 'gone', string.format('%.0f', gone))
    away = away + 1
  end
end
return away
