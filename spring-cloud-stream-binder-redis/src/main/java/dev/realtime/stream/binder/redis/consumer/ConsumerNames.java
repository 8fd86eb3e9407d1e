package dev.realtime.stream.binder.redis.consumer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names of consumers within a group. */
final class ConsumerNames {

    private ConsumerNames() {}

    /**
     * The configured name with the thread's number, or a new unique name. With a unique name, other consumers take over
     * what a crash leaves pending, and two processes never share a list of pending entries.
     */
    static String of(@Nullable String configured, int number) {
        return configured == null || configured.isBlank() ? "consumer-" + UUID.randomUUID() : configured + "-" + number;
    }
}
