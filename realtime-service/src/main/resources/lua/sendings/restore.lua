-- Restores what Redis has lost of all that was recalled.
-- Key: all that was recalled. Arguments: times and names, alternating.
local restored = 0
for i = 1, #ARGV, 2 do
  restored = restored + redis.call('ZADD', KEYS[1], 'NX', ARGV[i], ARGV[i + 1])
end
return restored
