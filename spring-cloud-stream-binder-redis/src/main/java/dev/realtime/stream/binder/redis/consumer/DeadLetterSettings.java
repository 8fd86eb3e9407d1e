package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;

/**
 * What dead letters contain and how they are written.
 *
 * @param group the group that failed
 * @param maxLength about how many dead letters a stream keeps, 0 for all
 * @param stackTraceMaxLength how many characters of the stack trace they carry
 * @param timeout the longest time writing one may take
 */
public record DeadLetterSettings(String group, long maxLength, int stackTraceMaxLength, Duration timeout) {}
