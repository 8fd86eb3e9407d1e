-- Ends all sessions of a user that began before now: none of them can be claimed any more.
-- Key: the mark of the user's block, by Redis' clock. Argument: the longest lifetime of a session in milliseconds.
local time = redis.call('TIME')
redis.call('SET', KEYS[1], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), 'PX', ARGV[1])
return 1
