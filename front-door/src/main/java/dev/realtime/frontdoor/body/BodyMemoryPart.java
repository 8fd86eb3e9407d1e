package dev.realtime.frontdoor.body;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One part of {@link BodyMemory}. A body that arrives in one piece costs two additions to a counter; only bodies that
 * are still arriving are registered, under a lock. Nothing may block under that lock.
 */
final class BodyMemoryPart {

    /**
     * Ending bodies frees more than is needed, so that a flood of new bodies does not search for the slowest each time.
     */
    private static final int ROOM_FRACTION = 16;

    private static final int CLIENT_FRACTION = 2;

    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Claim> arriving = new HashSet<>();
    private final Map<Object, Long> clients = new HashMap<>();

    BodyMemoryPart(long limit) {
        this.limit = limit;
    }

    Claim claim(Runnable tooSlow) {
        return new Claim(this, tooSlow);
    }

    long held() {
        return held.get();
    }

    /**
     * Ends arriving bodies, slowest first, until all bodies, or that client's, hold at most the target; under the lock.
     */
    private void end(long target, @Nullable Object client, List<Claim> ended) {
        long now = System.nanoTime();
        List<Claim> slowest = new ArrayList<>(arriving);
        slowest.removeIf(claim -> client != null && !client.equals(claim.client));
        slowest.sort(Comparator.comparingDouble(claim -> claim.rate(now)));
        for (Claim claim : slowest) {
            long left = client == null ? held.get() : clients.getOrDefault(client, 0L);
            if (left <= target) {
                return;
            }
            claim.ended = true;
            claim.giveBack();
            ended.add(claim);
        }
    }

    /**
     * The memory that one body holds in a part. Its owner calls from one thread at a time; other bodies may end it
     * while it arrives.
     */
    static final class Claim {

        private final Runnable tooSlow;
        private final long began = System.nanoTime();
        private BodyMemoryPart part;
        private @Nullable Object client;
        private volatile boolean registered;
        private long taken;
        private volatile boolean ended;

        private Claim(BodyMemoryPart part, Runnable tooSlow) {
            this.part = part;
            this.tooSlow = tooSlow;
        }

        /** Bytes per nanosecond since it began. */
        private double rate(long now) {
            return (double) taken / Math.max(1, now - began);
        }

        boolean take(int bytes) {
            long all = part.held.addAndGet(bytes);
            if (!registered && all <= part.limit && !ended) {
                taken += bytes;
                return true;
            }
            List<Claim> slow = new ArrayList<>();
            part.lock.lock();
            try {
                if (ended) {
                    part.held.addAndGet(-bytes);
                    return false;
                }
                taken += bytes;
                count(bytes);
                makeRoom(slow);
                if (!ended && part.held.get() > part.limit) {
                    taken -= bytes;
                    count(-bytes);
                    part.held.addAndGet(-bytes);
                    return false;
                }
            } finally {
                part.lock.unlock();
            }
            return tell(slow);
        }

        private void makeRoom(List<Claim> slow) {
            Object of = client;
            if (of != null && part.clients.getOrDefault(of, 0L) > part.limit / CLIENT_FRACTION) {
                part.end(part.limit / CLIENT_FRACTION, of, slow);
            }
            if (part.held.get() > part.limit) {
                part.end(part.limit - part.limit / ROOM_FRACTION, null, slow);
            }
        }

        /** Notifies the ended bodies, except this one, whose owner learns it from the result: false. */
        private boolean tell(List<Claim> slow) {
            for (Claim claim : slow) {
                if (claim != this) {
                    claim.tooSlow.run();
                }
            }
            return !ended;
        }

        private void count(long bytes) {
            if (registered && client != null) {
                part.clients.merge(client, bytes, (had, more) -> had + more == 0 ? null : had + more);
            }
        }

        boolean arriving(@Nullable Object key) {
            List<Claim> slow = new ArrayList<>();
            part.lock.lock();
            try {
                if (client == null) {
                    client = key;
                }
                registered = true;
                part.arriving.add(this);
                count(taken);
                makeRoom(slow);
            } finally {
                part.lock.unlock();
            }
            return tell(slow);
        }

        boolean arrived() {
            if (registered) {
                part.lock.lock();
                try {
                    unregister();
                } finally {
                    part.lock.unlock();
                }
            }
            return !ended;
        }

        /** Called under the lock. */
        private void unregister() {
            if (registered) {
                count(-taken);
                part.arriving.remove(this);
                registered = false;
            }
        }

        /**
         * Called under the lock. The owner reads {@code taken} without the lock only after it sees that this is no
         * longer registered.
         */
        private void giveBack() {
            count(-taken);
            part.held.addAndGet(-taken);
            taken = 0;
            unregister();
        }

        /** Moves what is held; if that overfills the other part, the next new body makes room there. */
        void moveTo(BodyMemoryPart other, Object key) {
            boolean arrives = registered;
            if (!arrived()) {
                return;
            }
            if (taken > 0) {
                part.held.addAndGet(-taken);
                other.held.addAndGet(taken);
            }
            part = other;
            client = key;
            if (arrives) {
                arriving(key);
            }
        }

        void close() {
            if (registered) {
                part.lock.lock();
                try {
                    giveBack();
                } finally {
                    part.lock.unlock();
                }
            } else {
                part.held.addAndGet(-taken);
                taken = 0;
            }
        }
    }
}
