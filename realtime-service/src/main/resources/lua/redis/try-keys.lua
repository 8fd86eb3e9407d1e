-- Tries whether the commands that keep presence, blocks, locks and the register of instances are allowed and work.
-- KEYS: a key that exists for the time of the trial. Returns the first command that is refused and why, else nothing.
local key = KEYS[1]
-- First what needs memory: once a script has written, it may also where memory is full.
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
