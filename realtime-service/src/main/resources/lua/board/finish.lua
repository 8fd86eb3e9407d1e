-- Ends a reading of the saved board.
-- Keys: the position, the reading. Argument: the name of the reading. Returns the position; nothing if there is none.
if redis.call('GET', KEYS[2]) == ARGV[1] then
  redis.call('DEL', KEYS[2])
end
return redis.call('GET', KEYS[1])
