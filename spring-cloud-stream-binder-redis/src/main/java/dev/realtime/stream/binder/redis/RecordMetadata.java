package dev.realtime.stream.binder.redis;

/**
 * Where a message went.
 *
 * @param stream key of the stream
 * @param id the entry's id
 * @param duplicate whether the entry was already there under the same idempotence key, so that nothing was added
 */
public record RecordMetadata(String stream, String id, boolean duplicate) {}
