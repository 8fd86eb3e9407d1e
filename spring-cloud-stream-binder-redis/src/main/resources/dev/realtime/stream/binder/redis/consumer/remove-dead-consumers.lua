-- Removes consumers that have no pending entries and have been idle for too long. Atomic, since removing a consumer
-- that has just read entries would lose them.
-- KEYS: the stream. ARGV: the group, idle milliseconds, a consumer to keep. Returns the number removed.
local removed = 0
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local about = {}
  for i = 1, #consumer, 2 do
    about[consumer[i]] = consumer[i + 1]
  end
  if about.pending == 0 and about.idle > tonumber(ARGV[2]) and about.name ~= ARGV[3] then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], about.name)
    removed = removed + 1
  end
end
return removed
