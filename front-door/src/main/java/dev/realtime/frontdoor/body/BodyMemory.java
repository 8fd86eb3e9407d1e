package dev.realtime.frontdoor.body;

import dev.realtime.frontdoor.address.ClientKey;
import dev.realtime.frontdoor.address.TrustedProxies;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The memory for request bodies that wait here until they are complete, in two parts: one for bodies whose sender has
 * shown who it is, one for all others, so that strangers cannot use up what services need.
 *
 * <p>When a part is full the bodies that arrive most slowly are ended, not the newcomer: a body that arrives whole is
 * never ended. In each part one client may hold at most half with bodies that are still arriving; beyond that its own
 * slowest is ended. Loopback and trusted proxies have no such bound, since any number of clients may be behind them.
 */
public final class BodyMemory {

    /** The least memory, in bytes: each part must hold one body of the largest size. */
    public static final long LEAST = 2L * 1024 * 1024;

    private static final int OPEN_FRACTION = 4;
    private static final int HEAP_FRACTION = 8;
    private static final long MOST_BY_DEFAULT = 64L * 1024 * 1024;

    private final BodyMemoryPart open;
    private final BodyMemoryPart reserved;
    private final TrustedProxies exempt;

    /** Memory of so many bytes, at least {@value #LEAST}. */
    public BodyMemory(long bytes, TrustedProxies exempt) {
        long openBytes = Math.max(LEAST / 2, bytes / OPEN_FRACTION);
        open = new BodyMemoryPart(openBytes);
        reserved = new BodyMemoryPart(bytes - openBytes);
        this.exempt = exempt;
    }

    /** How many bytes there are unless somebody says otherwise: an eighth of the heap, at most 64 MB. */
    public static long defaultBytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_FRACTION, LEAST, MOST_BY_DEFAULT);
    }

    /**
     * A body's part of the memory, empty at first.
     *
     * @param tooSlow called once, on any thread, when the body is ended because it arrives too slowly; what it held has
     *     been given back by then. Must not block
     */
    public Share open(Runnable tooSlow) {
        return new Share(tooSlow);
    }

    /** How many bytes are held now. */
    public long held() {
        return open.held() + reserved.held();
    }

    /** What one body holds. For one thread at a time. */
    public final class Share implements AutoCloseable {

        private final BodyMemoryPart.Claim claim;

        private Share(Runnable tooSlow) {
            claim = open.claim(tooSlow);
        }

        /**
         * The sender has shown who it is: what is held and what comes is in the reserved part from here on.
         *
         * @param service who it is; one of them may hold at most half with bodies that are still arriving
         */
        public void verified(String service) {
            claim.moveTo(reserved, service);
        }

        /** Takes more memory; false when there is none left, or the body has been ended. */
        public boolean take(int bytes) {
            return claim.take(bytes);
        }

        /**
         * The body is not complete yet, and may be ended from here on.
         *
         * @return false when its client holds too much with such bodies and this one is the slowest
         */
        public boolean arriving(InetAddress client) {
            return claim.arriving(exemptOrKey(client));
        }

        /** The body is complete: it is not ended any more. False when it has been already. */
        public boolean arrived() {
            return claim.arrived();
        }

        /** Gives back what it holds. */
        @Override
        public void close() {
            claim.close();
        }
    }

    private @Nullable Object exemptOrKey(InetAddress client) {
        return client.isLoopbackAddress() || exempt.contains(client) ? null : ClientKey.of(client);
    }
}
