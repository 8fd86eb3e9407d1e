package dev.realtime.stream.binder.redis;

/**
 * A dead letter stream has reached the length at which somebody should look at it. Published once, by the reader that
 * added the dead letter, and again only after the stream has been shorter. Nothing is trimmed.
 *
 * @param deadLetterStream key of the dead letter stream
 * @param stream key of the stream whose entries fail
 * @param group the group that fails
 * @param length number of dead letters
 * @param limit the configured {@code dlq-alarm-length}
 */
public record DeadLetterAlarmEvent(String deadLetterStream, String stream, String group, long length, long limit) {}
