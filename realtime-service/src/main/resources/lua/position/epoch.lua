-- Reads the epoch, or begins one if there is none or a former one.
-- Key: the epoch. Arguments: the epoch to begin, then the former epochs. Returns the current epoch.
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
