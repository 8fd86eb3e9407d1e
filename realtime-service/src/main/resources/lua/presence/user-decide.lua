-- Decides what to announce about users.
-- Keys: the users. Argument: the grace in milliseconds. Returns for each user {'nothing'}, {'later', when to check
-- again}, or {'tell', what, who}. What is 'online:' or 'offline:' and a time, and stays the same until it is settled,
-- so that it can be announced once.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function decide(user)
  local online = false
  for _, field in ipairs(redis.call('HKEYS', user)) do
    if string.sub(field, 1, 2) == 'i:' then
      online = true
    end
  end
  local told = redis.call('HEXISTS', user, 'told') == 1

  if online == told then
    redis.call('HDEL', user, 'pending')
    if not online then
      redis.call('DEL', user)
    end
    return { 'nothing' }
  end
  if not online then
    local gone = tonumber(redis.call('HGET', user, 'gone') or now)
    if now < gone + tonumber(ARGV[1]) then
      return { 'later', string.format('%.0f', gone + tonumber(ARGV[1])) }
    end
  end
  local kind = online and 'online:' or 'offline:'
  local pending = redis.call('HGET', user, 'pending')
  if not pending or string.sub(pending, 1, #kind) ~= kind then
    pending = kind .. string.format('%.0f', now)
    redis.call('HSET', user, 'pending', pending)
  end
  return { 'tell', pending, redis.call('HGET', user, 'who') or '' }
end

local answers = {}
for i, user in ipairs(KEYS) do
  answers[i] = decide(user)
end
return answers
