package dev.realtime.stream.binder.redis;

/**
 * Where a message was stored.
 *
 * @param stream key of the stream
 * @param id the entry's id
 * @param duplicate whether an entry with the same idempotence key already existed, so that nothing was added
 */
public record RecordMetadata(String stream, String id, boolean duplicate) {}
