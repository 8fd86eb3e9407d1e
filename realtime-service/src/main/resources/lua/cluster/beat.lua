-- Renews an instance's entry and reads all entries.
-- Keys: the entries, the instances by their last beats, the salt. Arguments: the instance, its entry, a salt in case
-- there is none, after how many milliseconds of silence an instance is forgotten, the maximum number of instances.
-- Returns Redis' time in microseconds, the salt, then for each instance, latest beat first: name, milliseconds since
-- its last beat, entry.
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = math.floor(micros / 1000)

redis.call('ZADD', KEYS[2], string.format('%.0f', now), ARGV[1])
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
local salt = redis.call('GET', KEYS[3])
if not salt then
  salt = ARGV[3]
  redis.call('SET', KEYS[3], salt)
end

local function forget(names)
  for _, name in ipairs(names) do
    redis.call('ZREM', KEYS[2], name)
    redis.call('HDEL', KEYS[1], name)
  end
end
forget(redis.call('ZRANGE', KEYS[2], '-inf', string.format('(%.0f', now - tonumber(ARGV[4])), 'BYSCORE'))
local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[5])
if excess > 0 then
  forget(redis.call('ZRANGE', KEYS[2], 0, excess - 1))
end

local answer = { string.format('%.0f', micros), salt }
local beats = redis.call('ZRANGE', KEYS[2], 0, -1, 'REV', 'WITHSCORES')
for i = 1, #beats, 2 do
  answer[#answer + 1] = beats[i]
  answer[#answer + 1] = string.format('%.0f', math.max(0, now - tonumber(beats[i + 1])))
  answer[#answer + 1] = redis.call('HGET', KEYS[1], beats[i]) or ''
end
return answer
