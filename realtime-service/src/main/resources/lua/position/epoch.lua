-- Reads the epoch, or begins one where there is none or a former one. Key: the epoch. Arguments: the one to begin, then
-- those that are over. Answers the one that counts now.
local current = redis.call('GET', KEYS[1])
for i = 2, #ARGV do
  if current == ARGV[i] then
    current = false
  end
end
if not current then
  current = ARGV[1]
  redis.call('SET', KEYS[1], current)
end
return current
