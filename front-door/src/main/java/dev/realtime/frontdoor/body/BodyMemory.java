package dev.realtime.frontdoor.body;

import dev.realtime.frontdoor.address.ClientKey;
import dev.realtime.frontdoor.address.TrustedProxies;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The memory for request bodies that are held until they are complete, in two parts: one for bodies whose sender has
 * authenticated and one for all others, so that strangers cannot use up the memory that services need.
 *
 * <p>A full part ends the bodies that arrive most slowly, not the new one; it never ends a body that arrives in one
 * piece. In each part, one client's arriving bodies may hold at most half; beyond that, the client's own slowest body
 * is ended. Loopback and trusted proxies are exempt, since any number of clients may be behind them.
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

    /** Memory of this many bytes, at least {@value #LEAST}. */
    public BodyMemory(long bytes, TrustedProxies exempt) {
        long openBytes = Math.max(LEAST / 2, bytes / OPEN_FRACTION);
        open = new BodyMemoryPart(openBytes);
        reserved = new BodyMemoryPart(bytes - openBytes);
        this.exempt = exempt;
    }

    /** The default size in bytes: an eighth of the heap, at most 64 MB. */
    public static long defaultBytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / HEAP_FRACTION, LEAST, MOST_BY_DEFAULT);
    }

    /**
     * One body's share of the memory, empty at first.
     *
     * @param tooSlow called once, on any thread, if the body is ended because it arrives too slowly; its memory has
     *     been returned by then. Must not block
     */
    public Share open(Runnable tooSlow) {
        return new Share(tooSlow);
    }

    /** The bytes held now. */
    public long held() {
        return open.held() + reserved.held();
    }

    /** The memory that one body holds. For one thread at a time. */
    public final class Share implements AutoCloseable {

        private final BodyMemoryPart.Claim claim;

        private Share(Runnable tooSlow) {
            claim = open.claim(tooSlow);
        }

        /**
         * The sender has authenticated: what the body holds now and later counts in the reserved part.
         *
         * @param service the sender; one service's arriving bodies may hold at most half of the part
         */
        public void verified(String service) {
            claim.moveTo(reserved, service);
        }

        /** Takes more memory; false if there is none left or the body has been ended. */
        public boolean take(int bytes) {
            return claim.take(bytes);
        }

        /**
         * The body is not complete yet and may be ended from now on.
         *
         * @return false if its client's arriving bodies hold too much and this one is the slowest
         */
        public boolean arriving(InetAddress client) {
            return claim.arriving(exemptOrKey(client));
        }

        /** The body is complete and will not be ended any more; false if it has been ended already. */
        public boolean arrived() {
            return claim.arrived();
        }

        /** Returns its memory. */
        @Override
        public void close() {
            claim.close();
        }
    }

    private @Nullable Object exemptOrKey(InetAddress client) {
        return client.isLoopbackAddress() || exempt.contains(client) ? null : ClientKey.of(client);
    }
}
