-- Takes the entries of an instance that has been silent for too long, or of one that another began to take: what came of
-- it is kept aside until its users are dealt with. Keys: its entries, its state, the same two kept aside. Argument: how
-- many milliseconds of silence are too many. Answers the generation, the time of the last heartbeat and the entries'
-- values; nothing when there is nothing to take.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('EXISTS', KEYS[4]) == 0 then
  local beat = redis.call('HGET', KEYS[2], 'beat')
  if not beat or tonumber(beat) > now - tonumber(ARGV[1]) then
    return {}
  end
  redis.call('RENAME', KEYS[2], KEYS[4])
  redis.call('DEL', KEYS[3])
  if redis.call('EXISTS', KEYS[1]) == 1 then
    redis.call('RENAME', KEYS[1], KEYS[3])
  end
end
local answer = redis.call('HVALS', KEYS[3])
table.insert(answer, 1, redis.call('HGET', KEYS[4], 'beat'))
table.insert(answer, 1, redis.call('HGET', KEYS[4], 'generation'))
return answer
