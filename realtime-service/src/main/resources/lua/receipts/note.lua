-- Opens a receipt unless it exists, and records to whom its notification was written.
-- Keys: the receipt, all receipts by their time, those with a step to come by its time, the totals. Arguments: the
-- receipt's id; its time in milliseconds; the time before which a receipt is no longer kept; its head, empty when only
-- an existing receipt may be changed; its payload; the time of its first step; the maximum bytes of all receipts; the
-- maximum users of one; a field that says that this was recorded before, empty for none; the counter of sockets; the
-- time of writing; then users and numbers of sockets, alternating.
-- Returns the users left out; -1 if there is no such receipt; -2 if there is no room for it.
--
-- A user's field is u:<id>; its value is "<sockets> <written at> <confirmed at, or -> <counter>".
local receipt, index, due, totals = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, most_bytes, most_users = ARGV[1], tonumber(ARGV[7]), tonumber(ARGV[8])
local marker, counter, at = ARGV[9], ARGV[10], ARGV[11]

local bytes = tonumber(redis.call('HGET', totals, 'bytes') or 0)
local added = 0

if redis.call('EXISTS', receipt) == 0 then
  if ARGV[4] == '' or tonumber(ARGV[2]) < tonumber(ARGV[3]) then
    return -1
  end
  added = 800 + #ARGV[4] + #ARGV[5]
  if bytes + added > most_bytes then
    return -2
  end
  redis.call('HSET', receipt, 'head', ARGV[4], 'payload', ARGV[5], 'users', 0, 'confirmed', 0, 'step', 'reminder', 'bytes', 0)
  redis.call('ZADD', index, ARGV[2], id)
  redis.call('ZADD', due, ARGV[6], id)
end

local left = 0
if marker == '' or redis.call('HEXISTS', receipt, marker) == 0 then
  if marker ~= '' then
    redis.call('HSET', receipt, marker, 1)
    added = added + #marker + 40
  end
  local users = tonumber(redis.call('HGET', receipt, 'users'))
  local sockets = 0
  for i = 12, #ARGV, 2 do
    local field = 'u:' .. ARGV[i]
    local known = redis.call('HGET', receipt, field)
    sockets = sockets + tonumber(ARGV[i + 1])
    if known then
      local before, rest = string.match(known, '^(%d+)( .*)$')
      redis.call('HSET', receipt, field, string.format('%.0f', before + ARGV[i + 1]) .. rest)
    elseif users < most_users and bytes + added + #field + 130 <= most_bytes then
      redis.call('HSET', receipt, field, ARGV[i + 1] .. ' ' .. at .. ' - ' .. counter)
      users = users + 1
      added = added + #field + 130
    else
      left = left + 1
    end
  end
  redis.call('HSET', receipt, 'users', users)
  if sockets > 0 then
    redis.call('HINCRBY', receipt, counter, sockets)
  end
  if left > 0 then
    redis.call('HINCRBY', receipt, 'untracked', left)
  end
end
if added > 0 then
  redis.call('HINCRBY', receipt, 'bytes', added)
  redis.call('HINCRBY', totals, 'bytes', added)
end
return left
