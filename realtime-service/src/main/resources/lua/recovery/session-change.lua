-- Changes a session's rooms at one position.
-- Key: the session. Arguments: the connection that must own it; the change's number; the position; the time in
-- milliseconds before which ended stays are forgotten; how many ended stays are kept; the grants, empty if unchanged; the
-- number of joined rooms, their fields, then the fields of the rooms that are left. Returns 1; 0 if another connection
-- owns the session; -1 if it does not exist.
--
-- A change that arrives after a later change or save is ignored: its sender has given it up, and what came later was
-- made of the rooms without it.
--
-- A room's stays are joined[:left],joined[:left]…, see RoomStays. Once a stay is forgotten, offsets from before its end
-- are no longer valid: its end becomes the floor.
local session, number, at, oldest, most = KEYS[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
if redis.call('HGET', session, 'owner') ~= ARGV[1] then
  return redis.call('EXISTS', session) - 1
end
if number <= tonumber(redis.call('HGET', session, 'n') or 0) then
  return 1
end
redis.call('HSET', session, 'n', number)

local function is_open(stays)
  return not string.find(string.match(stays, '[^,]*$'), ':', 1, true)
end

local function forget()
  local fields = redis.call('HGETALL', session)
  local over = {}
  local by_field = {}
  local floor
  for i = 1, #fields, 2 do
    if fields[i] == 'floor' then
      floor = fields[i + 1]
    elseif string.sub(fields[i], 1, 2) == 'r:' then
      local stays = {}
      for text in string.gmatch(fields[i + 1] .. ',', '([^,]*),') do
        local millis, sequence = string.match(text, ':(%d+)-(%d+)$')
        local stay = {text = text, millis = tonumber(millis), sequence = tonumber(sequence), field = fields[i]}
        stays[#stays + 1] = stay
        if millis then
          over[#over + 1] = stay
        end
      end
      by_field[fields[i]] = stays
    end
  end
  table.sort(over, function(a, b)
    return a.millis < b.millis or (a.millis == b.millis and a.sequence < b.sequence)
  end)
  local forgotten = math.max(0, #over - most)
  while forgotten < #over and over[forgotten + 1].millis < oldest do
    forgotten = forgotten + 1
  end
  local touched = {}
  for i = 1, forgotten do
    over[i].forgotten = true
    touched[over[i].field] = true
  end
  for field in pairs(touched) do
    local kept = {}
    for _, stay in ipairs(by_field[field]) do
      if not stay.forgotten then
        kept[#kept + 1] = stay.text
      end
    end
    if #kept == 0 then
      redis.call('HDEL', session, field)
    else
      redis.call('HSET', session, field, table.concat(kept, ','))
    end
  end
  if forgotten > 0 then
    local last = over[forgotten]
    local millis, sequence = string.match(floor or '', '^(%d+)-(%d+)$')
    millis = tonumber(millis or 0)
    if millis < last.millis or (millis == last.millis and tonumber(sequence) < last.sequence) then
      redis.call('HSET', session, 'floor', string.match(last.text, ':(.*)$'))
    end
  end
end

local joined = tonumber(ARGV[7])
for i = 8, 7 + joined do
  local stays = redis.call('HGET', session, ARGV[i])
  if not stays then
    redis.call('HSET', session, ARGV[i], at)
  elseif not is_open(stays) then
    redis.call('HSET', session, ARGV[i], stays .. ',' .. at)
  end
end
local left = false
for i = 8 + joined, #ARGV do
  local stays = redis.call('HGET', session, ARGV[i])
  if stays and is_open(stays) then
    redis.call('HSET', session, ARGV[i], stays .. ':' .. at)
    left = true
  end
end
if left then
  forget()
end
if ARGV[6] ~= '' then
  redis.call('HSET', session, 'grants', ARGV[6])
end
return 1
