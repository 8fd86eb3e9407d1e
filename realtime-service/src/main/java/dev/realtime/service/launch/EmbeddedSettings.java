package dev.realtime.service.launch;

import dev.realtime.devredis.EmbeddedOptions;
import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupProblems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The settings of the embedded Redis. */
final class EmbeddedSettings {

    private static final String MEMORY = "realtime.redis.embedded.max-memory";
    private static final DataSize LEAST = DataSize.ofBytes(EmbeddedOptions.LEAST_MEMORY);

    private EmbeddedSettings() {}

    static void check(Settings settings, StartupProblems problems) {
        String configured = settings.value(MEMORY);
        if (configured != null && parse(configured) == null) {
            problems.add(MEMORY + " is \"" + configured + "\"; it must be a size of 16MB or more, such as 256MB.");
        }
    }

    /** The configured settings; the default memory where none is configured, or {@link #check} refuses it. */
    static EmbeddedOptions options(Settings settings) {
        String configured = settings.value(MEMORY);
        DataSize size = configured == null ? null : parse(configured);
        return new EmbeddedOptions(
                settings.value(EmbeddedOptions.PROGRAM),
                size == null ? EmbeddedOptions.DEFAULTS.maxMemory() : size.toBytes());
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
