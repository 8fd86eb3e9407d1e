-- What is to be told of a user. Key: the user. Argument: for how many milliseconds one who is gone may come back unseen.
-- Answers {'nothing'}, {'later', when to look again}, or {'tell', what, who}, where what is 'online:' or 'offline:' and a
-- time: the same for each answer until it is settled, so that it can be told once.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local online = false
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 2) == 'i:' then
    online = true
  end
end
local told = redis.call('HEXISTS', KEYS[1], 'told') == 1

if online == told then
  redis.call('HDEL', KEYS[1], 'pending')
  if not online then
    redis.call('DEL', KEYS[1])
  end
  return { 'nothing' }
end
if not online then
  local gone = tonumber(redis.call('HGET', KEYS[1], 'gone') or now)
  if now < gone + tonumber(ARGV[1]) then
    return { 'later', string.format('%.0f', gone + tonumber(ARGV[1])) }
  end
end
local kind = online and 'online:' or 'offline:'
local pending = redis.call('HGET', KEYS[1], 'pending')
if not pending or string.sub(pending, 1, #kind) ~= kind then
  pending = kind .. string.format('%.0f', now)
  redis.call('HSET', KEYS[1], 'pending', pending)
end
return { 'tell', pending, redis.call('HGET', KEYS[1], 'who') or '' }
