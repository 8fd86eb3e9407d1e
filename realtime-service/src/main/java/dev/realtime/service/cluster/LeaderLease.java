package dev.realtime.service.cluster;

import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Elects one leader at a time. A lease may expire while its holder still works, so everything a leader does must be
 * harmless when two instances do it.
 */
@Component
public final class LeaderLease {

    private static final List<String> LEADER = List.of("realtime:{instances}:leader");
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** A second, less the time that the last renewal took: asked once a second, it renews once a second. */
    private static final Duration RENEWED_AFTER = Duration.ofMillis(900);

    private static final RedisScript<Boolean> TAKE = Scripts.load("cluster/lease", Boolean.class);
    private static final RedisScript<Long> RELEASE = Scripts.load("cluster/release", Long.class);

    private final StringRedisTemplate redis;
    private final String self;
    private final LongSupplier nanos;

    private boolean held;
    private long renewed;

    @Autowired
    LeaderLease(StringRedisTemplate redis, InstanceName self) {
        this(redis, self, System::nanoTime);
    }

    /** For tests, with a clock in nanoseconds. */
    LeaderLease(StringRedisTemplate redis, InstanceName self, LongSupplier nanos) {
        this.redis = redis;
        this.self = self.value();
        this.nanos = nanos;
    }

    /**
     * Returns whether this instance leads now; takes the lease when it is free. Asks Redis once a second, and waits for
     * it.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public synchronized boolean hold() {
        if (held && nanos.getAsLong() - renewed < RENEWED_AFTER.toNanos()) {
            return true;
        }
        held = false;
        long asked = nanos.getAsLong();
        held = Boolean.TRUE.equals(redis.execute(TAKE, LEADER, self, String.valueOf(LEASE.toMillis())));
        renewed = asked;
        return held;
    }

    /**
     * Lets another instance lead at once.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public synchronized void release() {
        held = false;
        redis.execute(RELEASE, LEADER, self);
    }
}
