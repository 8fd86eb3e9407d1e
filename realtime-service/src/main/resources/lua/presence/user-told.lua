-- Notes that an announcement was made. A user who is offline and announced as offline is forgotten.
-- Key: the user. Argument: the announcement, as returned by user-decide.
if redis.call('HGET', KEYS[1], 'pending') ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'pending')
if string.sub(ARGV[1], 1, 7) == 'online:' then
  redis.call('HSET', KEYS[1], 'told', 1)
  return 1
end
redis.call('HDEL', KEYS[1], 'told')
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(field, 1, 2) == 'i:' then
    return 1
  end
end
redis.call('DEL', KEYS[1])
return 1
