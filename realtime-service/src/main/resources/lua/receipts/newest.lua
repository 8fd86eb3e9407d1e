-- Finds the newest receipts.
-- Key: all receipts by their time. Arguments: the latest time, the maximum number. Returns ids, newest first.
return redis.call('ZRANGE', KEYS[1], ARGV[1], '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, ARGV[2])
