package dev.realtime.service.gateway.limits;

import dev.realtime.service.gateway.budget.ClientNetwork;
import dev.realtime.socketio.engine.session.TokenBucket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One rate per address, in a table of fixed size. Addresses in the same slot share a bucket, so a bucket may only
 * decide about input that is invalid anyway. Thread-safe.
 */
final class AddressBuckets {

    /** A power of two. */
    private static final int PLACES = 1024;

    private final @Nullable TokenBucket[] buckets = new @Nullable TokenBucket[PLACES];
    /** Random, so that nobody can choose whose bucket they share. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    private final int perSecond;
    private final int burst;

    AddressBuckets(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes a token for this address. Returns false if there is none. */
    synchronized boolean take(ClientNetwork address) {
        long now = System.nanoTime();
        int hash = (address.hashCode() ^ seed) * 0x9E3779B9;
        int place = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
        TokenBucket bucket = buckets[place];
        if (bucket == null) {
            bucket = new TokenBucket(perSecond, burst, now);
            buckets[place] = bucket;
        }
        return bucket.take(now);
    }
}
