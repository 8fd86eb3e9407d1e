-- Tries whether a stream can be written, read and trimmed; leaves it as it is.
-- KEYS: the stream, a key beside it that exists for the time of the trial. Returns the first command that is refused and
-- why, else nothing.
local stream, beside = KEYS[1], KEYS[2]
-- First what needs memory: once a script has written, it may also where memory is full.
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
