-- Brings the saved board from one position to a later one, all at once, so that it is always a board as it was.
-- Keys: the position, the reading, the calls, the orders, the people. Arguments: the two positions, for how many
-- milliseconds a board is kept, then for each change the index of its key, its field, and its value, which is empty for
-- a field to delete. Returns 'saved'; 'held' while somebody reads; 'ahead' if the saved board is not before the second
-- position; 'behind' if it is before the first, or missing. Changes nothing unless it returns 'saved'.
local position = redis.call('GET', KEYS[1])
if not position or position < ARGV[1] then
  return 'behind'
end
if position >= ARGV[2] then
  return 'ahead'
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  return 'held'
end
-- The commands that a full Redis refuses come first: once a script has written, Redis lets it write to its end.
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
for i = 4, #ARGV, 3 do
  local key = KEYS[tonumber(ARGV[i])]
  if ARGV[i + 2] == '' then
    redis.call('HDEL', key, ARGV[i + 1])
  else
    redis.call('HSET', key, ARGV[i + 1], ARGV[i + 2])
  end
end
for i = 3, 5 do
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return 'saved'
