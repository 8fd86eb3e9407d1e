-- Removes users who have lost their last socket on an instance, and records when a user lost the last one in the
-- cluster.
-- Keys: the users. Arguments: the instance's field, and the time in milliseconds, 0 for now. Returns how many users
-- have no socket anywhere.
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
