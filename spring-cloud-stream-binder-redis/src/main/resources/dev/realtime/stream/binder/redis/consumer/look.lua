-- What a reader has to know about a stream. A script, since XINFO STREAM answers with the first and the last entry
-- whole, however large they are.
-- KEYS[1]: the stream. ARGV[1]: an id, or empty.
-- Returns nothing if there is no stream; otherwise its length, its last id, the id of its first entry, the highest
-- deleted id and the number of entries ever added (both nil before Redis 7), and the id of the newest entry up to ARGV[1].
local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
if info.err then
  if string.find(info.err, 'no such key', 1, true) then
    return {}
  end
  return info
end
local about = {}
for i = 1, #info, 2 do
  about[info[i]] = info[i + 1]
end
local upTo = false
if ARGV[1] ~= '' then
  local found = redis.call('XREVRANGE', KEYS[1], ARGV[1], '-', 'COUNT', 1)
  upTo = found[1] and found[1][1] or false
end
local first = about['first-entry']
return {
  about['length'],
  about['last-generated-id'],
  first and first[1] or false,
  about['max-deleted-entry-id'] or false,
  about['entries-added'] or false,
  upTo
}
