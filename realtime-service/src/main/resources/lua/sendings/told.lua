-- Notes that a recall is in the stream.
-- Keys: the sending, those with something to do by its time. Argument: the sending's id.
if redis.call('HGET', KEYS[1], 'state') == 'recalled' then
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 1
