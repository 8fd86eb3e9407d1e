package dev.realtime.service.position;

import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.launch.StartGate;
import dev.realtime.service.scripts.Scripts;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The name of the current stream of events: a short random text that all instances share through the Redis key
 * {@code realtime:{epoch}}. It changes whenever Redis has lost events, so that an id of the old stream is never taken
 * for an id of the new one. Read once a second. If the key is missing or holds a former epoch, Redis lost its data or
 * went back to an older state, and a new epoch is set.
 *
 * <p>One loss begins one epoch, whichever instance notices it first. {@link #text()} never waits for Redis.
 */
@Component
public final class Epoch extends Beating implements StartGate {

    /** Length of an epoch, in characters; each is one of 36. */
    public static final int LENGTH = 6;

    static final String KEY = "realtime:{epoch}";

    private static final Logger log = LoggerFactory.getLogger(Epoch.class);

    private static final RedisScript<String> READ = Scripts.load("position/epoch", String.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

    /** How far apart instances may notice the same loss. */
    private static final long SAME_LOSS_NANOS = Duration.ofSeconds(30).toNanos();

    private static final long FRESH_NANOS = Duration.ofMillis(200).toNanos();

    /** How many former epochs are remembered, to notice a Redis that goes back to one of them. */
    private static final int MOST_FORMER = 64;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StringRedisTemplate redis;
    private final ApplicationEventPublisher events;
    private final CompletableFuture<Void> known = new CompletableFuture<>();
    /** Oldest first; guarded by this, as are all fields below. */
    private final Set<String> former = new LinkedHashSet<>();

    private volatile String text = random();
    /**
     * Whether Redis has the epoch. A renewal that Redis does not have yet is written there, and is not a sign of a
     * loss.
     */
    private boolean inRedis;

    /**
     * When Redis changed the epoch for a loss that this instance's stream reader has not noticed yet; null if it did
     * not.
     */
    private @Nullable Long changedByRedis;

    /** The id of the last loss that this instance noticed. */
    private String lostAt = "";

    private volatile long refreshed = System.nanoTime() - FRESH_NANOS;
    /** Held while Redis is asked. Never acquired while holding the monitor. */
    private final ReentrantLock looking = new ReentrantLock();

    public Epoch(StringRedisTemplate redis, ApplicationEventPublisher events) {
        super("epoch");
        this.redis = redis;
        this.events = events;
    }

    /** The current epoch. Before the first read, it is one that may never be used. */
    public String text() {
        return text;
    }

    /** Whether the epoch was read from Redis at least once. Never waits. */
    public boolean isKnown() {
        return known.isDone();
    }

    /** Whether a text has the form of an epoch. */
    static boolean isEpoch(String text) {
        return text.length() == LENGTH && text.chars().allMatch(character -> DIGITS.indexOf(character) >= 0);
    }

    /**
     * Begins another epoch because Redis has lost events that this instance had read: here at once, and in Redis soon.
     * Does nothing if the same loss has begun an epoch already. Never waits.
     *
     * @param lostId the last id that was read, which tells one loss from the next
     */
    public synchronized void renew(String lostId) {
        if (lostId.equals(lostAt)) {
            return;
        }
        lostAt = lostId;
        Long changed = changedByRedis;
        changedByRedis = null;
        if (changed != null && System.nanoTime() - changed < SAME_LOSS_NANOS) {
            return;
        }
        inRedis = false;
        become(random());
        wake();
    }

    /**
     * Reads the epoch from Redis. Listeners to {@link EpochChanged} are called before a new epoch takes effect.
     *
     * @throws org.springframework.dao.DataAccessException if Redis does not answer
     */
    public void refresh() {
        looking.lock();
        try {
            look();
        } finally {
            looking.unlock();
        }
    }

    /** Calls {@link #refresh()} unless the last read is recent, so that many concurrent callers cost one read. */
    public void refreshUnlessFresh() {
        looking.lock();
        try {
            if (System.nanoTime() - refreshed > FRESH_NANOS) {
                look();
            }
        } finally {
            looking.unlock();
        }
    }

    private void look() {
        List<String> arguments = new ArrayList<>();
        String before;
        synchronized (this) {
            before = text;
            arguments.add(inRedis ? random() : before);
            arguments.addAll(former);
        }
        String current = redis.execute(READ, List.of(KEY), arguments.toArray());
        refreshed = System.nanoTime();
        if (current != null && isChangedByRedis(before, current)) {
            events.publishEvent(new EpochChanged(before, current));
            change(before, current);
        }
        known.complete(null);
    }

    /** Whether another instance began an epoch for a loss that was not noticed here. Adopts any other epoch at once. */
    private synchronized boolean isChangedByRedis(String before, String current) {
        if (!text.equals(before)) {
            // Renewed meanwhile; the next read writes the new epoch to Redis.
            return false;
        }
        boolean first = !known.isDone();
        boolean own = !inRedis;
        inRedis = true;
        if (current.equals(before)) {
            return false;
        }
        if (first || own) {
            // Another instance has begun an epoch for the same loss.
            become(current);
            return false;
        }
        return true;
    }

    private synchronized void change(String before, String current) {
        if (text.equals(before)) {
            changedByRedis = System.nanoTime();
            become(current);
        }
    }

    private void become(String next) {
        if (known.isDone()) {
            log.warn("Redis lost events: the epoch is now {}, it was {}", next, text);
            former.add(text);
            if (former.size() > MOST_FORMER) {
                former.remove(former.iterator().next());
            }
        }
        text = next;
    }

    @Override
    protected Duration beat() {
        try {
            refresh();
            return INTERVAL;
        } catch (RuntimeException e) {
            log.debug("The epoch could not be read", e);
            return AFTER_FAILURE;
        }
    }

    private static String random() {
        StringBuilder digits = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            digits.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }

    /** Starts before the port opens, which waits for the epoch. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public String description() {
        return "the epoch of the event stream";
    }

    @Override
    public CompletionStage<?> opened() {
        return known;
    }
}
