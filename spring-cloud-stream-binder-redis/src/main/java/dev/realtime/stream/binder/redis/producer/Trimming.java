package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.connection.FailureLog;
import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.properties.TrimPolicy;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.Assert;

/**
 * Keeps the streams of one binding within their bounds: the number of entries with each XADD, all other bounds by a
 * script that runs within a second after a send and again each second while a bound is exceeded. Uses the server's
 * clock only: an application with a wrong clock must not empty a stream.
 */
final class Trimming {

    private static final Logger log = LoggerFactory.getLogger(Trimming.class);

    private static final Script TRIM = new Script(Trimming.class, "trim.lua", ScriptOutputType.MULTI);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** The shortest time between two warnings that a stream is trimmed by bytes. */
    private static final Duration SAY_AGAIN = Duration.ofHours(1);

    /** Bounded by the number of the destination's partitions. */
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();

    private final FailureLog failures = new FailureLog(log);
    private final List<byte[]> withEntry;
    private final byte @Nullable [][] bounds;
    private final @Nullable Duration retention;
    private final SharedLink shared;
    private final Executor executor;
    private volatile boolean stopped;

    /**
     * @param shared the connection to trim over
     * @param executor runs tasks that do not block; not a connection's event loop
     */
    Trimming(RedisProducerProperties properties, SharedLink shared, Executor executor) {
        this.shared = shared;
        this.executor = executor;
        this.retention = properties.getRetention();
        long maxLength = properties.getMaxLength();
        long minAge = properties.getMinAge().toMillis();
        long maxLengthBytes = properties.getMaxLengthBytes().toBytes();
        double share = properties.getMaxMemoryShare();
        Assert.isTrue(maxLength >= 0, "max-length must be 0 or more");
        Assert.isTrue(maxLengthBytes >= 0, "max-length-bytes must be 0 or more");
        Assert.isTrue(share >= 0 && share <= 1, "max-memory-share must be from 0 to 1");
        Assert.isTrue(maxLength == 0 || retention == null, "Set max-length or retention, not both");
        Assert.isTrue(
                retention == null || retention.toMillis() > 0,
                () -> "retention must be 1 ms or more, not " + retention);
        Assert.isTrue(minAge >= 0, () -> "min-age must not be negative, but is " + properties.getMinAge());
        Assert.isTrue(
                retention == null || minAge <= retention.toMillis(),
                () -> "min-age is " + properties.getMinAge() + ", which is more than the retention of " + retention);
        TrimPolicy policy = properties.getTrimPolicy();
        // Trimming by number with XADD is almost free, but cannot spare young or unacknowledged entries.
        boolean atOnce = maxLength > 0 && minAge == 0 && policy != TrimPolicy.UNACKNOWLEDGED;
        this.withEntry = atOnce
                ? arguments("MAXLEN", policy == TrimPolicy.EXACT ? "=" : "~", Long.toString(maxLength))
                : List.of();
        boolean later = maxLength > 0 && !atOnce || retention != null || maxLengthBytes > 0 || share > 0;
        this.bounds = later
                ? arguments(
                                Long.toString(atOnce ? 0 : maxLength),
                                Long.toString(retention == null ? 0 : retention.toMillis()),
                                Long.toString(maxLengthBytes),
                                Double.toString(share),
                                Long.toString(minAge),
                                policy == TrimPolicy.UNACKNOWLEDGED ? "1" : "0",
                                policy == TrimPolicy.APPROXIMATE ? "0" : "1")
                        .toArray(byte[][]::new)
                : null;
    }

    /** Arguments of XADD between the key and the id; empty if XADD does not trim. */
    List<byte[]> arguments() {
        return withEntry;
    }

    /** Schedules trimming within a second after a send. Never blocks. */
    void afterwards(String stream) {
        byte[][] args = bounds;
        if (args != null) {
            Stream known = streams.get(stream);
            (known == null ? streams.computeIfAbsent(stream, key -> new Stream(key, args)) : known).soon(INTERVAL);
        }
    }

    /** Stops trimming. */
    void stop() {
        stopped = true;
    }

    /** Trims again from the next send on. */
    void start() {
        stopped = false;
    }

    private final class Stream {

        private final String name;
        private final byte[][] keys;
        private final byte[][] args;
        private final AtomicBoolean due = new AtomicBoolean();
        private volatile long saidAt;

        Stream(String name, byte[][] args) {
            this.name = name;
            this.keys =
                    new byte[][] {StreamKeys.bytes(name), StreamKeys.bytes(StreamKeys.beside(name, "trim", "turn"))};
            this.args = args;
        }

        void soon(Duration delay) {
            if (!due.get() && due.compareAndSet(false, true)) {
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, executor)
                        .execute(this::trim);
            }
        }

        private void trim() {
            // Reset first: entries sent from now on may miss this run.
            due.set(false);
            if (stopped) {
                return;
            }
            try {
                TRIM.<List<Object>>run(shared.require(name).commands(), keys, args)
                        .whenComplete(this::done);
            } catch (RuntimeException noConnection) {
                done(null, noConnection);
            }
        }

        private void done(@Nullable List<Object> answer, @Nullable Throwable failure) {
            if (answer == null) {
                Throwable why = failure == null ? new IllegalStateException("no answer") : failure;
                failures.failed("Trimming " + name, why);
                soon(AFTER_FAILURE);
                return;
            }
            failures.succeeded("Trimming " + name);
            long forBytes = (Long) answer.get(1);
            log.debug("Trimmed {} entries of {}, {} of them because of their bytes", answer.get(0), name, forBytes);
            if (forBytes > 0 && retention != null) {
                tellOfBytes((Long) answer.get(3));
            }
            if ((Long) answer.get(2) == 1) {
                soon(INTERVAL);
            }
        }

        /** Warns at most once an hour, since the stream may be trimmed every second for weeks. */
        private void tellOfBytes(long bytes) {
            long now = System.nanoTime();
            if (saidAt == 0 || now - saidAt >= SAY_AGAIN.toNanos()) {
                saidAt = now;
                log.warn(
                        "{} keeps its entries for less than {}: its {} bytes reach the limit of max-length-bytes or "
                                + "max-memory-share",
                        name,
                        retention,
                        bytes);
            }
        }
    }

    private static List<byte[]> arguments(String... words) {
        return List.of(words).stream().map(StreamKeys::bytes).toList();
    }
}
