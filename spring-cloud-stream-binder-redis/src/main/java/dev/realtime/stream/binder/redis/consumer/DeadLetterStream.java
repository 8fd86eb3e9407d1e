package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The length of a dead letter stream, and whether it should alarm somebody. Thread-safe. */
public final class DeadLetterStream {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterStream.class);

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final SharedLink link;
    private final String key;
    private final long alarmLength;
    private volatile long length;
    private volatile long askedAt;
    private boolean alarmed;

    /**
     * @param link the connection for commands
     * @param key key of the stream
     * @param alarmLength number of dead letters that raises the alarm, 0 for never
     */
    public DeadLetterStream(SharedLink link, String key, long alarmLength) {
        this.link = link;
        this.key = key;
        this.alarmLength = alarmLength;
        this.askedAt = System.nanoTime() - FRESH.toNanos();
    }

    /** Key of the stream. */
    public String key() {
        return key;
    }

    /** The configured {@code dlq-alarm-length}, 0 for none. */
    public long alarmLength() {
        return alarmLength;
    }

    /** Number of dead letters, some seconds old. Does not wait for Redis: asks it for the next call. */
    public long length() {
        if (System.nanoTime() - askedAt >= FRESH.toNanos()) {
            try {
                ask(link.require(key));
            } catch (RuntimeException unavailable) {
                log.debug("Could not ask for the length of {}", key, unavailable);
            }
        }
        return length;
    }

    /** Whether there are so many dead letters that somebody should look. */
    public boolean isAlarming() {
        return alarmLength > 0 && length() >= alarmLength;
    }

    /**
     * A dead letter was added. Waits for Redis.
     *
     * @return whether the alarm is to be raised now
     */
    boolean added() {
        try {
            RedisLink now = link.require(key);
            now.await(ask(now));
        } catch (RuntimeException unavailable) {
            log.debug("Could not ask for the length of {}", key, unavailable);
            return false;
        }
        synchronized (this) {
            boolean before = alarmed;
            alarmed = isAlarming();
            return alarmed && !before;
        }
    }

    private CompletionStage<Long> ask(RedisLink now) {
        askedAt = System.nanoTime();
        return now.commands().xlen(StreamKeys.bytes(key)).thenApply(answer -> {
            length = answer;
            return answer;
        });
    }
}
