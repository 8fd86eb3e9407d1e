-- Trims a stream from its start, by this server's clock. Also runs while the server is out of memory.
-- KEYS: the stream; the turn: a key that exists while the next trim would be too soon.
-- ARGV: 1 entries to keep; 2 milliseconds to keep; 3 bytes to keep; 4 share of maxmemory to keep, if that is set; 0 in
-- any of these for no bound. 5 age in milliseconds below which nothing is trimmed. 6 '1' to keep entries that a group has
-- not read and acknowledged. 7 '1' to trim to the entry, otherwise by whole nodes.
-- Returns the number of entries trimmed, how many of them because of bytes, 1 if a bound is still exceeded, the bytes.
local stream, turn = KEYS[1], KEYS[2]
local max_length, retention, max_bytes, share, min_age =
  tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local acknowledged, exact = ARGV[6] == '1', ARGV[7] == '1'

-- The most entries of one run, which blocks the server for some tens of milliseconds.
local left = 50000
-- The most nodes to measure, about 60 ns each.
local nodes = 50000

-- While memory is full, a script may trim, but not set a key with PX.
if redis.pcall('SET', turn, 1, 'PX', 900, 'NX') == false or redis.call('EXISTS', stream) == 0 then
  return {0, 0, 0, 0}
end

local function parts(id)
  local dash = string.find(id, '-', 1, true)
  return tonumber(string.sub(id, 1, dash - 1)), tonumber(string.sub(id, dash + 1))
end
local function earlier(a, b)
  local am, as = parts(a)
  local bm, bs = parts(b)
  if am < bm or (am == bm and as < bs) then
    return a
  end
  return b
end
local time = redis.call('TIME')
local function ago(millis)
  return string.format('%.0f-0', math.max(0, time[1] * 1000 + math.floor(time[2] / 1000) - millis))
end

-- Entries from this id on are kept.
local floor = min_age > 0 and ago(min_age) or ago(-1)
if acknowledged then
  for _, group in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local about = {}
    for i = 1, #group, 2 do
      about[group[i]] = group[i + 1]
    end
    floor = earlier(floor, about['last-delivered-id'])
    if about.pending > 0 then
      floor = earlier(floor, redis.call('XPENDING', stream, about.name)[2])
    end
  end
end

local trimmed = 0
-- Trims whole nodes from the start: at most so many entries, none from an id on.
local function cut(before, most)
  local limit = math.min(most, left)
  if limit <= 0 then
    return 0
  end
  local gone = redis.call('XTRIM', stream, 'MINID', '~', before, 'LIMIT', limit)
  trimmed = trimmed + gone
  left = left - gone
  return gone
end
-- Trims the first node, which has more than so many entries.
local function cut_node(before, more_than)
  local gone, limit = 0, more_than + 1
  while gone == 0 and limit <= 10000 do
    gone = cut(before, limit)
    -- A node has up to 100 entries by default. The smallest limit that suffices spares the nodes behind it.
    limit = limit < 100 and limit + 1 or limit * 2
  end
  return gone
end
local function cut_exactly(before)
  trimmed = trimmed + redis.call('XTRIM', stream, 'MINID', before)
end

local more = 0
if retention > 0 then
  local before = earlier(floor, ago(retention))
  cut(before, left)
  if exact and left > 0 then
    cut_exactly(before)
  end
end
if max_length > 0 then
  local excess = redis.call('XLEN', stream) - max_length
  if excess > 0 then
    excess = excess >= 100 and excess - cut(floor, excess) or excess
    if exact and excess > 0 and left > 0 then
      -- The rest lies within one node, so its entries are few and small.
      local head = redis.call('XRANGE', stream, '-', '+', 'COUNT', math.min(excess, 100) + 1)
      cut_exactly(earlier(head[#head][1], floor))
    end
    more = redis.call('XLEN', stream) >= max_length + 200 and 1 or more
  end
end

local used, before_bytes = 0, trimmed
if share > 0 then
  local maxmemory = tonumber(string.match(redis.call('INFO', 'memory'), '\nmaxmemory:(%d+)'))
  if maxmemory > 0 then
    max_bytes = math.min(max_bytes > 0 and max_bytes or maxmemory, maxmemory * share)
  end
end
if max_bytes > 0 then
  local function size()
    return redis.call('MEMORY', 'USAGE', stream, 'SAMPLES', nodes) or 0
  end
  -- Reads the oldest entries, up to so many bytes. Returns how many they are, their bytes, and the bytes of an entry of
  -- this size, or of the size of the last ones if they are larger.
  local function look(enough)
    local count, bytes, each, from = 0, 0, 1, '-'
    while count < 64 and bytes < enough do
      local entries, before, already = redis.call('XRANGE', stream, from, '+', 'COUNT', 8), bytes, count
      if #entries == 0 then
        break
      end
      for _, entry in ipairs(entries) do
        if bytes < enough then
          count = count + 1
          for _, text in ipairs(entry[2]) do
            bytes = bytes + #text
          end
        end
      end
      each = math.max(bytes / count, (bytes - before) / (count - already), 1)
      from = '(' .. entries[#entries][1]
    end
    return count, bytes, each
  end
  used = size()
  -- Grows with each step, since the entries behind those that were looked at may be larger.
  local step = 64
  for _ = 1, 8 do
    if used <= max_bytes or left <= 0 then
      break
    end
    local excess = used - max_bytes
    local count, bytes, each = look(math.min(excess, 1000000))
    local most = count
    if bytes < excess then
      most = math.min(excess / each, excess / used * redis.call('XLEN', stream), step)
    end
    most = math.max(1, math.ceil(most))
    if cut(floor, most) == 0 and cut_node(floor, most) == 0 then
      break
    end
    step = step * 4
    used = size()
  end
  more = used > max_bytes and 1 or more
end
return {trimmed, trimmed - before_bytes, more, used}
