package dev.realtime.service.backplane;

/**
 * An event that Redis has.
 *
 * @param id its id in the stream, which is the event's id
 * @param repeated whether Redis already had it under the same idempotence key
 */
public record PublishedEvent(String id, boolean repeated) {}
