package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;

/**
 * Where dead letters go and what they contain.
 *
 * @param stream key of the dead letter stream
 * @param group the group that failed
 * @param maxLength about how many dead letters are kept, 0 for all
 * @param stackTraceMaxLength how many characters of the stack trace they carry
 * @param timeout the longest time writing one may take
 */
public record DeadLetterSettings(
        String stream, String group, long maxLength, int stackTraceMaxLength, Duration timeout) {}
