-- Finds the newest sendings.
-- Key: all sendings, whose ids are in the order of their times. Arguments: where to begin, the maximum number. Returns
-- ids, newest first.
return redis.call('ZRANGE', KEYS[1], ARGV[1], '-', 'BYLEX', 'REV', 'LIMIT', 0, ARGV[2])
