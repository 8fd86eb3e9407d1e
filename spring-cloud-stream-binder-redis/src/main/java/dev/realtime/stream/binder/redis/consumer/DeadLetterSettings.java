package dev.realtime.stream.binder.redis.consumer;

import java.time.Duration;

/**
 * Where dead letters go.
 *
 * @param stream key of their stream
 * @param group whose they are
 * @param maxLen about how many are kept, 0 for all
 * @param stackTraceMaxLength how much of the stack trace they carry
 * @param timeout how long writing one may take
 */
public record DeadLetterSettings(String stream, String group, long maxLen, int stackTraceMaxLength, Duration timeout) {}
