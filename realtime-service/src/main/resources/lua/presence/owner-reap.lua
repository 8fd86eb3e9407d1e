-- Takes the entries of a dead instance, or continues a take that another leader began: they are set aside until the
-- instance's users are dealt with.
-- Keys: its entries, its state, the same two set aside. Argument: the protocol version. Returns the version, the
-- generation, and a list of fields and values, alternating. Returns only the version if it is another one, and takes
-- nothing then. Returns nothing if there is nothing to take.
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
