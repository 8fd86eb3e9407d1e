-- Reads pending entries of a group without counting a delivery, and removes trimmed ones from the list of pending
-- entries: Redis 6.2 would keep those for ever.
-- KEYS: the stream. ARGV: 1 the group; 2 the consumer; 3 'own' for this consumer's entries, 'any' to take over those of
-- all consumers; 4 where to continue: '' at first, then what the last call returned; 5 idle milliseconds; 6 the most
-- entries; 7 bytes after which no further entry is added.
-- Returns where to continue ('' at the end), the number of trimmed entries, and for each entry its id, how often it was
-- delivered, and its fields.
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local idle, most, most_bytes = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local found, trimmed, bytes = {}, 0, 0

local function add(id, times)
  local entry = redis.call('XRANGE', stream, id, id)[1]
  if not entry then
    redis.call('XACK', stream, group, id)
    trimmed = trimmed + 1
    return
  end
  found[#found + 1] = {id, times, entry[2]}
  for _, text in ipairs(entry[2]) do
    bytes = bytes + #text
  end
end

local continue = ''
if ARGV[3] == 'own' then
  if ARGV[4] == '' then
    redis.call('XGROUP', 'CREATECONSUMER', stream, group, consumer)
  end
  local from = ARGV[4] == '' and '-' or '(' .. ARGV[4]
  local listed = redis.call('XPENDING', stream, group, 'IDLE', idle, from, '+', most, consumer)
  for i, pending in ipairs(listed) do
    add(pending[1], pending[4])
    -- Its idle time starts anew.
    redis.call('XCLAIM', stream, group, consumer, 0, pending[1], 'JUSTID')
    if bytes >= most_bytes and i < #listed or i == most then
      continue = pending[1]
      break
    end
  end
else
  local cursor = ARGV[4] == '' and '0-0' or ARGV[4]
  for _ = 1, most do
    local claimed = redis.call('XAUTOCLAIM', stream, group, consumer, idle, cursor, 'COUNT', 1, 'JUSTID')
    cursor = claimed[1]
    trimmed = trimmed + #(claimed[3] or {})
    for _, id in ipairs(claimed[2]) do
      local pending = redis.call('XPENDING', stream, group, id, id, 1)[1]
      if pending then
        add(id, pending[4])
      end
    end
    if cursor == '0-0' or bytes >= most_bytes then
      break
    end
  end
  continue = cursor == '0-0' and '' or cursor
end
return {continue, trimmed, found}
