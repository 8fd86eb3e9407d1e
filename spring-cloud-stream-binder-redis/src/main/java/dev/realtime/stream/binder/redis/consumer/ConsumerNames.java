package dev.realtime.stream.binder.redis.consumer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names of consumers within a group. */
final class ConsumerNames {

    private ConsumerNames() {}

    /**
     * The configured name with the thread's number, or a name nobody had before: what it leaves behind in a crash is
     * then taken over by others, and never read as its own by two processes at once.
     */
    static String of(@Nullable String configured, int number) {
        return configured == null || configured.isBlank() ? "consumer-" + UUID.randomUUID() : configured + "-" + number;
    }
}
