-- Checks that a stream can be written, read and trimmed, and leaves it as it is.
-- Keys: the stream, a key beside it that exists only during the check. Returns the first refused command and the error;
-- nothing if all work.
local stream, beside = KEYS[1], KEYS[2]
-- Commands that need memory come first: once a script has written, Redis lets it write even when memory is full.
for _, command in ipairs({
  {'TIME'}, {'SET', beside, '1', 'PX', 1000}, {'GET', beside}, {'DEL', beside},
  {'XADD', beside, '*', 'payload', ''}, {'XADD', beside, 'NOMKSTREAM', 'MAXLEN', '~', 1000, '*', 'payload', ''},
  {'DEL', beside},
  {'XTRIM', stream, 'MAXLEN', '~', 1000000000}, {'XLEN', stream}, {'XREVRANGE', stream, '+', '-', 'COUNT', 1},
  {'XREAD', 'COUNT', 1, 'STREAMS', stream, '$'}, {'MEMORY', 'USAGE', stream, 'SAMPLES', 1}, {'INFO', 'memory'},
}) do
  local answer = redis.pcall(unpack(command))
  if type(answer) == 'table' and answer.err then
    return {command[1], answer.err}
  end
end
return {}
