package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.Assert;

/**
 * The key under which an entry is added at most once.
 *
 * @param key the sender's key, 1 to 1024 characters
 * @param ttl how long the key is remembered
 * @param fingerprint must match that of the first message with the key; may be empty
 */
public record Idempotence(String key, Duration ttl, String fingerprint) {

    private static final int MAX_KEY = 1024;

    /** Refuses invalid keys and times. */
    public Idempotence {
        Assert.isTrue(
                !key.isEmpty() && key.length() <= MAX_KEY,
                () -> RedisBinderHeaders.IDEMPOTENCE_KEY + " must have 1 to " + MAX_KEY + " characters");
        Assert.isTrue(
                ttl.toMillis() > 0, () -> RedisBinderHeaders.IDEMPOTENCE_TTL + " must be 1 ms or more, not " + ttl);
    }

    /** Reads a message's headers; {@code null} if they have no key. */
    static @Nullable Idempotence of(MessageHeaders headers, Duration defaultTtl) {
        String key = headers.get(RedisBinderHeaders.IDEMPOTENCE_KEY, String.class);
        if (key == null) {
            return null;
        }
        Duration ttl = headers.get(RedisBinderHeaders.IDEMPOTENCE_TTL, Duration.class);
        String fingerprint = headers.get(RedisBinderHeaders.IDEMPOTENCE_FINGERPRINT, String.class);
        return new Idempotence(key, ttl == null ? defaultTtl : ttl, fingerprint == null ? "" : fingerprint);
    }
}
