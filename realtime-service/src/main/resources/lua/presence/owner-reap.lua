-- Takes the entries of an instance that is dead, or of one that another began to take: what came of it is kept aside until
-- its users are dealt with. Keys: its entries, its state, the same two kept aside. Argument: the protocol version. Answers
-- the version, the generation, and a list of the entries' fields and values by turns; only the version when it is another
-- one, and nothing was taken; nothing when there is nothing to take.
if redis.call('EXISTS', KEYS[4]) == 0 then
  if redis.call('EXISTS', KEYS[2]) == 0 then
    return {}
  end
  local protocol = redis.call('HGET', KEYS[2], 'protocol') or ''
  if protocol ~= ARGV[1] then
    return { protocol }
  end
  redis.call('RENAME', KEYS[2], KEYS[4])
  redis.call('DEL', KEYS[3])
  if redis.call('EXISTS', KEYS[1]) == 1 then
    redis.call('RENAME', KEYS[1], KEYS[3])
  end
end
local state = redis.call('HMGET', KEYS[4], 'protocol', 'generation')
if state[1] ~= ARGV[1] then
  return { state[1] or '' }
end
return { state[1], state[2], redis.call('HGETALL', KEYS[3]) }
