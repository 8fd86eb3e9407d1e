-- An instance's entries at one moment. Keys: its entries, its state. Argument: the protocol version. Answers the version of
-- the entries; when it is this one also the generation, the number, and a list of the entries' fields and values by turns;
-- nothing when the instance is not there.
local state = redis.call('HMGET', KEYS[2], 'protocol', 'generation', 'number')
if not state[2] then
  return {}
end
if state[1] ~= ARGV[1] then
  return { state[1] or '' }
end
return { state[1], state[2], state[3], redis.call('HGETALL', KEYS[1]) }
