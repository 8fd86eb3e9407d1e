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
  local limit = math.min(math.max(most, 100), left)
  if limit <= 0 then
    return 0
  end
  local gone = redis.call('XTRIM', stream, 'MINID', '~', before, 'LIMIT', limit)
  trimmed = trimmed + gone
  left = left - gone
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
  local function size_of_oldest()
    local entries, bytes = redis.call('XRANGE', stream, '-', '+', 'COUNT', 3), 0
    for _, entry in ipairs(entries) do
      for _, text in ipairs(entry[2]) do
        bytes = bytes + #text
      end
    end
    return math.max(1, bytes / math.max(1, #entries))
  end
  used = size()
  for _ = 1, 5 do
    if used <= max_bytes or left <= 0 then
      break
    end
    -- The oldest entries may be larger or smaller than the rest: trims too few rather than too many, and repeats.
    local excess = used - max_bytes
    local most = math.min(excess / size_of_oldest(), excess / used * redis.call('XLEN', stream))
    if cut(floor, math.ceil(most)) == 0 and cut(floor, 10000) == 0 then
      break
    end
    used = size()
  end
  more = used > max_bytes and 1 or more
end
return {trimmed, trimmed - before_bytes, more, used}
