-- Tells from and up to where an instance's entries are complete.
-- Key: the instances. Arguments: the instance, its birth, from where, up to where, 1 if the instance ends, for how many
-- milliseconds the journal is kept, 1 if the instance has told nothing yet. Returns 0 if what it had told is lost.
--
-- Each field is an instance; its value is "<birth> <from> <through> <Redis' time in ms> <1 if it has ended>". The field
-- "since" is when the journal began.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSETNX', KEYS[1], 'since', string.format('%.0f', now))
if ARGV[7] == '0' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1],
  ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4] .. ' ' .. string.format('%.0f', now) .. ' ' .. ARGV[5])

local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local at = tonumber(string.match(all[i + 1], '^%S+ %S+ %S+ (%d+)'))
  if at and at < now - tonumber(ARGV[6]) then
    redis.call('HDEL', KEYS[1], all[i])
  end
end
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.floor(tonumber(ARGV[6]) * 1.5)))
return 1
