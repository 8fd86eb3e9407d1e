package dev.realtime.service.presence;

import dev.realtime.service.gateway.engineio.EngineSessions;
import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * One instance at a time leads. A lease may run out while its holder still works, so whatever a leader does must be
 * harmless when two do it.
 */
@Component
final class Leadership {

    private static final String LEADER = "realtime:{presence}:leader";
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** A second, less what the last time took: asked once a second it is renewed once a second. */
    private static final Duration RENEWED_AFTER = Duration.ofMillis(900);

    private static final RedisScript<Boolean> TAKE = Scripts.load("presence/lease", Boolean.class);
    private static final RedisScript<Long> RELEASE = Scripts.load("presence/release", Long.class);

    private final StringRedisTemplate redis;
    private final String self;

    private boolean held;
    private long renewed;

    Leadership(StringRedisTemplate redis, EngineSessions sessions) {
        this.redis = redis;
        this.self = sessions.instanceTag();
    }

    /** Whether this instance leads now; takes the lease when it is free. Asks Redis once a second. */
    synchronized boolean hold() {
        if (held && System.nanoTime() - renewed < RENEWED_AFTER.toNanos()) {
            return true;
        }
        held = false;
        long asked = System.nanoTime();
        held = Boolean.TRUE.equals(redis.execute(TAKE, List.of(LEADER), self, String.valueOf(LEASE.toMillis())));
        renewed = asked;
        return held;
    }

    /** Lets another lead at once. */
    synchronized void release() {
        held = false;
        redis.execute(RELEASE, List.of(LEADER), self);
    }
}
