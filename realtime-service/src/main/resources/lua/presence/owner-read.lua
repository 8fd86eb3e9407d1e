-- An instance's entries at one moment. Keys: its entries, its state. Answers the generation, the number and the entries'
-- values; nothing when it is not there.
local generation = redis.call('HGET', KEYS[2], 'generation')
if not generation then
  return {}
end
local answer = redis.call('HVALS', KEYS[1])
table.insert(answer, 1, redis.call('HGET', KEYS[2], 'number'))
table.insert(answer, 1, generation)
return answer
