package dev.realtime.service.gateway.limits;

import dev.realtime.service.gateway.budget.ClientNetwork;
import dev.realtime.socketio.engine.session.TokenBucket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A rate for each address in a table of fixed size: addresses that fall into the same place share a bucket, so that it must
 * only decide about what is wrong anyway. Thread-safe.
 */
final class AddressBuckets {

    /** A power of two. */
    private static final int PLACES = 1024;

    private final @Nullable TokenBucket[] buckets = new @Nullable TokenBucket[PLACES];
    /** Nobody can choose whom to share a bucket with. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    private final int perSecond;
    private final int burst;

    AddressBuckets(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /** Takes a token of this address; false when there is none. */
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
