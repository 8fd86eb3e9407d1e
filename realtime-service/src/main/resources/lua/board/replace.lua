-- Replaces the saved board by one that was put aside, if that is of a later position.
-- Keys: the position, the reading, the calls, the orders, the people, and the last three put aside. Arguments: the
-- position of the board put aside, for how many milliseconds a board is kept, and how many calls, orders and people were
-- put aside. Returns 'saved', or 'held' or 'ahead' as save.lua; what was put aside is gone then. 'behind' if a part of it
-- has expired meanwhile.
local function done(answer)
  redis.call('DEL', KEYS[6], KEYS[7], KEYS[8])
  return answer
end

local position = redis.call('GET', KEYS[1])
if position and position >= ARGV[1] then
  return done('ahead')
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  return done('held')
end
for i = 6, 8 do
  if redis.call('HLEN', KEYS[i]) ~= tonumber(ARGV[i - 3]) then
    return done('behind')
  end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
for i = 3, 5 do
  if redis.call('EXISTS', KEYS[i + 3]) == 1 then
    redis.call('RENAME', KEYS[i + 3], KEYS[i])
    redis.call('PEXPIRE', KEYS[i], ARGV[2])
  else
    redis.call('DEL', KEYS[i])
  end
end
return 'saved'
