-- Writes what has changed about a user.
-- Key: the user's journal. Arguments: for how many milliseconds something that is over is kept, the maximum number of
-- bytes, then fields and values, alternating; an empty value removes the field.
--
-- A value begins with the time in milliseconds at which it was over, 0 while it goes on, and a space. The field "known"
-- is the time up to which something was removed because of the bound.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = tonumber(ARGV[1])
for i = 3, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end

local all = redis.call('HGETALL', KEYS[1])
local bytes = 0
local last = now
local over = {}
for i = 1, #all, 2 do
  local at = tonumber(string.match(all[i + 1], '^%d+')) or 0
  if all[i] ~= 'known' then
    if at > 0 and at < now - kept then
      redis.call('HDEL', KEYS[1], all[i])
    else
      bytes = bytes + #all[i] + #all[i + 1]
      last = math.max(last, at)
      if at > 0 then
        over[#over + 1] = { at, all[i], #all[i] + #all[i + 1] }
      end
    end
  end
end

if bytes > tonumber(ARGV[2]) then
  table.sort(over, function(one, other) return one[1] < other[1] end)
  local known = 0
  for _, entry in ipairs(over) do
    if bytes <= tonumber(ARGV[2]) then
      break
    end
    redis.call('HDEL', KEYS[1], entry[2])
    bytes = bytes - entry[3]
    known = math.min(entry[1], now)
  end
  if known > 0 then
    redis.call('HSET', KEYS[1], 'known', string.format('%.0f', known))
  end
end
-- Entries that go on are written again within half of that time.
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', last - now + math.floor(kept * 1.5)))
return bytes
