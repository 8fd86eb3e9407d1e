package dev.realtime.service.launch;

import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupProblems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How the embedded Redis is started.
 *
 * @param program the value of {@link RedisProgram#PROPERTY}
 * @param maxMemory how much memory it may use for data; once it is used up writing is refused, and nothing evicted
 */
record EmbeddedOptions(@Nullable String program, DataSize maxMemory) {

    static final String MEMORY = "realtime.redis.embedded.max-memory";

    static final EmbeddedOptions DEFAULTS = new EmbeddedOptions(null, DataSize.ofMegabytes(256));

    /** An empty server takes about one, and the service's streams must have some share. */
    private static final DataSize LEAST = DataSize.ofMegabytes(16);

    static void check(Settings settings, StartupProblems problems) {
        String configured = settings.value(MEMORY);
        if (configured != null && parse(configured) == null) {
            problems.add(MEMORY + " is \"" + configured + "\"; it must be a size of 16MB or more, such as 256MB.");
        }
    }

    /** What is configured, or the default memory where that is nothing, or nothing that {@link #check} would let pass. */
    static EmbeddedOptions of(Settings settings) {
        String configured = settings.value(MEMORY);
        DataSize size = configured == null ? null : parse(configured);
        return new EmbeddedOptions(settings.value(RedisProgram.PROPERTY), size == null ? DEFAULTS.maxMemory : size);
    }

    private static @Nullable DataSize parse(String text) {
        try {
            DataSize size = DataSize.parse(text.strip().toUpperCase(Locale.ROOT));
            return size.compareTo(LEAST) < 0 ? null : size;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
