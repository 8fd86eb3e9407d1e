package dev.realtime.devredis;

import org.jspecify.annotations.Nullable;

/**
 * How the embedded Redis is started.
 *
 * @param program the redis-server to start, 7.0 or newer; null for this machine's own or, without one, the one in the jar
 * @param maxMemory bytes it may use for data; once they are used up writing is refused, and nothing evicted
 */
public record EmbeddedOptions(@Nullable String program, long maxMemory) {

    /** The property that names {@code program}, for sentences to whoever set it. */
    public static final String PROGRAM = "realtime.redis.embedded.binary";

    /** The least memory, in bytes: an empty server takes about a megabyte, and streams must have some share. */
    public static final long LEAST_MEMORY = 16L * 1024 * 1024;

    /** Any program, and 256 MB. */
    public static final EmbeddedOptions DEFAULTS = new EmbeddedOptions(null, 256L * 1024 * 1024);

    /** @throws IllegalArgumentException for less than {@link #LEAST_MEMORY} */
    public EmbeddedOptions {
        if (maxMemory < LEAST_MEMORY) {
            throw new IllegalArgumentException("maxMemory must be at least " + LEAST_MEMORY + " bytes: " + maxMemory);
        }
    }
}
