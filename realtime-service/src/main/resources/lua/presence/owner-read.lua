-- Reads an instance's entries at one moment.
-- Keys: its entries, its state. Argument: the protocol version. Returns the version of the entries and, if it equals
-- the argument, the generation, the number, and a list of fields and values, alternating. Returns nothing if the
-- instance has no entries.
local state = redis.call('HMGET', KEYS[2], 'protocol', 'generation', 'number')
if not state[2] then
  return {}
end
if state[1] ~= ARGV[1] then
  return { state[1] or '' }
end
return { state[1], state[2], state[3], redis.call('HGETALL', KEYS[1]) }
