package dev.realtime.service.redis;

import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.redis.RedisRefusals.Use;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * Checks Redis once a second, more often while it fills up, on its own thread, so that callers never wait for Redis. An
 * overdue answer counts as none; a refusal counts as an answer.
 */
@Component
public final class RedisWatch extends Beating {

    private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration WHILE_FILLING = Duration.ofMillis(250);

    /** How long an answer may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long after the last refused event the watch checks whether Redis would accept one. */
    private static final Duration TRY_AFTER = Duration.ofSeconds(5);

    private final RedisConnectionFactory connections;
    private final StreamSubscriptions readers;
    private final RedisRights rights;
    private final RedisRefusals refusals;
    private final RedisMemory memory;

    private volatile boolean answered;
    /** When the pending check began, {@link System#nanoTime()}; null between two checks. */
    private volatile @Nullable Long asked;

    RedisWatch(
            RedisConnectionFactory connections,
            StreamSubscriptions readers,
            RedisRights rights,
            RedisRefusals refusals,
            RedisMemory memory) {
        super("redis-watch");
        this.connections = connections;
        this.readers = readers;
        this.rights = rights;
        this.refusals = refusals;
        this.memory = memory;
    }

    /** Whether Redis answered the last check, even with a refusal. Never waits. */
    public boolean isUp() {
        Long since = asked;
        boolean overdue = since != null && System.nanoTime() - since > PATIENCE.toNanos();
        return answered && !overdue;
    }

    @Override
    protected Duration beat() {
        asked = System.nanoTime();
        boolean answer = ask();
        if (answer != answered) {
            log.info("Redis is {}", answer ? "available" : "unavailable");
        }
        answered = answer;
        asked = null;
        lookAtReaders();
        if (answer) {
            tryToPublish();
        }
        return memory.isFilling() ? WHILE_FILLING : INTERVAL;
    }

    private boolean ask() {
        try (RedisConnection connection = connections.getConnection()) {
            // PING comes first: while Redis loads or cannot save, it refuses PING but answers INFO.
            boolean pong = "PONG".equals(connection.ping());
            look(RedisInfo.of(connection));
            refusals.cleared(Use.WATCHING);
            return pong;
        } catch (RuntimeException e) {
            log.debug("Redis did not answer, or refused", e);
            return refusals.note(Use.WATCHING, e) != null;
        }
    }

    private void look(List<RedisInfo> servers) {
        servers.stream()
                .max(Comparator.comparingDouble(server -> Double.isNaN(server.ratio()) ? 0 : server.ratio()))
                .ifPresent(fullest -> memory.observe(fullest.used(), fullest.maxmemory()));
        if (servers.stream().anyMatch(RedisInfo::replica)) {
            refusals.note(Use.ROLE, RedisRefusal.READ_ONLY, "role:slave");
        } else {
            refusals.cleared(Use.ROLE);
        }
        Optional<RedisInfo> evicting =
                servers.stream().filter(RedisInfo::evicts).findFirst();
        if (evicting.isPresent()) {
            refusals.note(Use.POLICY, RedisRefusal.MISCONFIGURED, evicting(evicting.get()));
        } else {
            refusals.cleared(Use.POLICY);
        }
    }

    /** The message for a policy that evicts. */
    static String evicting(RedisInfo server) {
        return "maxmemory-policy is " + server.policy() + " and must be " + RedisInfo.NO_EVICTION
                + ": otherwise Redis may evict blocks and the audit";
    }

    private void lookAtReaders() {
        Throwable refused = null;
        for (StreamSubscription reader : readers.all()) {
            Throwable failure = reader.failure();
            if (failure != null && RedisRefusal.of(failure) != null) {
                refused = failure;
            }
        }
        if (refused != null) {
            refusals.note(Use.READING, refused);
        } else {
            refusals.cleared(Use.READING);
        }
    }

    /** Without this check, nothing would show that Redis accepts events again while none are published. */
    private void tryToPublish() {
        Duration since = refusals.since(Use.PUBLISHING);
        if (since == null || since.compareTo(TRY_AFTER) < 0) {
            return;
        }
        try {
            rights.tryEvents();
            refusals.cleared(Use.PUBLISHING);
        } catch (RuntimeException e) {
            refusals.note(Use.PUBLISHING, e);
        }
    }
}
