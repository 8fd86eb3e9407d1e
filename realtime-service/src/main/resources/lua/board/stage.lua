-- Puts a part of a whole board aside.
-- Keys: the calls, the orders, the people. Arguments: for how many milliseconds they are kept, then for each entry the
-- index of its key, its field, and its value.
for i = 2, #ARGV, 3 do
  redis.call('HSET', KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2])
end
for _, key in ipairs(KEYS) do
  redis.call('PEXPIRE', key, ARGV[1])
end
return 1
