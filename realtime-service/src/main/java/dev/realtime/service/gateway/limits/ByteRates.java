package dev.realtime.service.gateway.limits;

import dev.realtime.socketio.engine.session.TokenBucket;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the bytes per second of the clients that sent much recently; a client that was forgotten starts with a full
 * bucket. Thread-safe.
 */
final class ByteRates {

    /** How many bytes one token stands for, so that a bucket of gigabytes can still count in nanoseconds. */
    private static final int UNIT = 1024;

    private static final int MAX_CLIENTS = 1_000;

    private final int unitsPerSecond;
    private final int burstUnits;

    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    ByteRates(long bytesPerSecond, long burst) {
        this.unitsPerSecond = units(bytesPerSecond);
        this.burstUnits = units(burst);
    }

    /** Counts bytes that a client has sent. Returns false if the client exceeds its rate. */
    synchronized boolean take(String client, int bytes) {
        long now = System.nanoTime();
        TokenBucket bucket = buckets.computeIfAbsent(client, _ -> new TokenBucket(unitsPerSecond, burstUnits, now));
        return bucket.take(units(bytes), now);
    }

    private static int units(long bytes) {
        return (int) Math.max(1, bytes / UNIT);
    }
}
