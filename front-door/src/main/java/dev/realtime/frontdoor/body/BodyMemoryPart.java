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
 * One part of {@link BodyMemory}. A body that arrives in one piece costs two additions to a counter; only bodies that are
 * still arriving are registered, under a lock that nothing waits under.
 */
final class BodyMemoryPart {

    /** Ending a body makes room for some more, so that not each of a flood of newcomers has to look for the slowest. */
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

    /** Ends arriving bodies, slowest first, until no more than this is held by all, or by that client; under the lock. */
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

    /** What one body holds of a part. Its own calls are of one thread at a time; others may end it while it arrives. */
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

        /** Bytes in a nanosecond since it began. */
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

        /** Tells those that were ended, but for this one, whose owner learns it from the answer: false. */
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

        /** Under the lock. */
        private void unregister() {
            if (registered) {
                count(-taken);
                part.arriving.remove(this);
                registered = false;
            }
        }

        /** Under the lock. The owner looks at what is taken only when it sees that this is no longer registered. */
        private void giveBack() {
            count(-taken);
            part.held.addAndGet(-taken);
            taken = 0;
            unregister();
        }

        /** Moves what is held; a part that is too full by that makes room with the next newcomer. */
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
