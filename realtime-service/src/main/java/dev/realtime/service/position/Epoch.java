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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Says which stream ids belong to: a short random text that all instances have from the Redis key {@value #KEY}, and that
 * becomes another one whenever Redis has lost events. Read again once a second; a key that is missing is set anew, since
 * Redis has lost its data then.
 *
 * <p>One loss begins one epoch, whichever instance notices first. {@link #text()} never waits for Redis.
 */
@Component
public final class Epoch extends Beating implements StartGate {

    /** Characters of an epoch, each one of 36. */
    public static final int LENGTH = 6;

    private static final Logger log = LoggerFactory.getLogger(Epoch.class);

    private static final String KEY = "realtime:{epoch}";
    private static final RedisScript<String> READ = Scripts.load("position/epoch", String.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

    /** By how much instances may differ in when they notice the same loss. */
    private static final long SAME_LOSS_NANOS = Duration.ofSeconds(30).toNanos();

    /** How many former epochs are known, so that a Redis that goes back to one of them is noticed. */
    private static final int MOST_FORMER = 64;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StringRedisTemplate redis;
    private final CompletableFuture<Void> known = new CompletableFuture<>();
    private final Set<String> former = new LinkedHashSet<>();
    private volatile String text = random();
    /** When another instance began this epoch for a loss that this one has not noticed itself; null when none did. */
    private @Nullable Long begunElsewhere;

    private String lostAt = "";

    @Autowired
    public Epoch(StringRedisTemplate redis) {
        super("epoch");
        this.redis = redis;
    }

    /** The epoch now. Before it was read the first time it is one that may never count. */
    public String text() {
        return text;
    }

    /** Whether a text could be an epoch. */
    static boolean isEpoch(String text) {
        return text.length() == LENGTH && text.chars().allMatch(character -> DIGITS.indexOf(character) >= 0);
    }

    /**
     * Redis has lost events that this instance had read: another epoch begins, here at once and in Redis soon. When the same
     * loss has begun one already nothing happens. Never waits.
     *
     * @param lostId the last id read, which tells one loss from the next
     */
    public synchronized void renew(String lostId) {
        if (lostId.equals(lostAt)) {
            return;
        }
        lostAt = lostId;
        Long elsewhere = begunElsewhere;
        begunElsewhere = null;
        if (elsewhere != null && System.nanoTime() - elsewhere < SAME_LOSS_NANOS) {
            return;
        }
        become(random());
        wake();
    }

    /**
     * Reads the epoch from Redis.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public void refresh() {
        List<String> arguments = new ArrayList<>();
        String before;
        synchronized (this) {
            before = text;
            arguments.add(known.isDone() && former.isEmpty() ? random() : before);
            arguments.addAll(former);
        }
        String current = redis.execute(READ, List.of(KEY), arguments.toArray());
        synchronized (this) {
            if (current != null && !current.equals(text) && text.equals(before)) {
                if (known.isDone()) {
                    begunElsewhere = System.nanoTime();
                }
                become(current);
            }
        }
        known.complete(null);
    }

    private void become(String next) {
        if (known.isDone()) {
            log.warn("Redis has lost events: the epoch is {} now, and was {}", next, text);
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

    /** Before the port, which waits for it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public String description() {
        return "the epoch of the events in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return known;
    }
}
