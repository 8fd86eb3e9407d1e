package dev.realtime.devredis;

import org.jspecify.annotations.Nullable;

/**
 * How to start the embedded Redis.
 *
 * @param program the redis-server to start, 7.0 or newer; null for the one installed on this machine or, without one,
 *     the one in the jar
 * @param maxMemory the most memory for data, in bytes; when it is used up, Redis refuses writes and evicts nothing
 */
public record EmbeddedOptions(@Nullable String program, long maxMemory) {

    /** The property that sets {@code program}, for messages to the operator. */
    public static final String PROGRAM = "realtime.redis.embedded.binary";

    /** The least memory, in bytes: an empty server takes about a megabyte, and the streams need room. */
    public static final long LEAST_MEMORY = 16L * 1024 * 1024;

    /** Any program, and 256 MB. */
    public static final EmbeddedOptions DEFAULTS = new EmbeddedOptions(null, 256L * 1024 * 1024);

    /** @throws IllegalArgumentException if {@code maxMemory} is less than {@link #LEAST_MEMORY} */
    public EmbeddedOptions {
        if (maxMemory < LEAST_MEMORY) {
            throw new IllegalArgumentException("maxMemory must be at least " + LEAST_MEMORY + " bytes: " + maxMemory);
        }
    }
}
