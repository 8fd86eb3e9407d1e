-- Trims a stream, but nothing that a group has not read and acknowledged.
-- KEYS: the stream. ARGV: entries to keep or 0, oldest id to keep or '0-0'. Takes at most 1000 entries at a time by
-- number. Returns how many went.
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
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
local first_kept = ARGV[2]
if tonumber(ARGV[1]) > 0 then
  local excess = redis.call('XLEN', KEYS[1]) - tonumber(ARGV[1])
  if excess <= 0 then
    return 0
  end
  local head = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', math.min(excess, 1000) + 1)
  first_kept = head[#head][1]
end
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local about = {}
  for i = 1, #group, 2 do
    about[group[i]] = group[i + 1]
  end
  first_kept = earlier(first_kept, about['last-delivered-id'])
  if about.pending > 0 then
    first_kept = earlier(first_kept, redis.call('XPENDING', KEYS[1], about.name)[2])
  end
end
return redis.call('XTRIM', KEYS[1], 'MINID', first_kept)
