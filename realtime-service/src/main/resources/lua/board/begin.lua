-- Begins to read the saved board, which is not written for as long as the reading is announced to take. Without a saved
-- board, saves an empty one.
-- Keys: the position, the reading. Arguments: the position of an empty board, for how many milliseconds a board is kept,
-- the name of the reading, and for how many milliseconds it holds up writers. Returns the position.
local position = redis.call('GET', KEYS[1])
if not position then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  position = ARGV[1]
end
-- A full Redis refuses this. The reading then begins anew whenever the board is written meanwhile.
redis.pcall('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return position
