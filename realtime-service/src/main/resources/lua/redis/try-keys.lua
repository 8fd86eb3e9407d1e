-- Checks that the commands for presence, blocks, locks and the register of instances are allowed and work.
-- Key: a key that exists only during the check. Returns the first refused command and the error; nothing if all work.
local key = KEYS[1]
-- Commands that need memory come first: once a script has written, Redis lets it write even when memory is full.
for _, command in ipairs({
  {'TIME'},
  {'SET', key, '1', 'PX', 1000}, {'GET', key}, {'EXISTS', key}, {'PEXPIRE', key, 1000}, {'DEL', key},
  {'HSET', key, 'f', '1'}, {'HGET', key, 'f'}, {'HGETALL', key}, {'HDEL', key, 'f'},
  {'ZADD', key, 1, 'm'}, {'ZRANGE', key, 0, 0}, {'ZREM', key, 'm'}, {'DEL', key},
}) do
  local answer = redis.pcall(unpack(command))
  if type(answer) == 'table' and answer.err then
    return {command[1], answer.err}
  end
end
return {}
