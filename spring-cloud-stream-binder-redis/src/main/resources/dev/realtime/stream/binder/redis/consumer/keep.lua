-- Starts the idle time of a consumer's pending entries anew, but takes none back that another consumer has claimed.
-- KEYS: the stream. ARGV: the group, the consumer, idle milliseconds to set, ids. Returns the ids that are the
-- consumer's.
local mine = {}
for i = 4, #ARGV do
  if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2]) > 0 then
    mine[#mine + 1] = ARGV[i]
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'JUSTID')
  end
end
return mine
