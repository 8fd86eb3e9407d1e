package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The streams that take part in a hub. Thread-safe: each change needs the lock, which is held for moments only. */
final class Seats {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Seat> all = new HashMap<>();
    private final Set<Seat> offers = new LinkedHashSet<>();
    private final Map<String, Seat> served = new LinkedHashMap<>();
    private volatile int count;

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    void locked(Runnable action) {
        lock();
        try {
            action.run();
        } finally {
            unlock();
        }
    }

    void add(Seat seat) {
        locked(() -> {
            all.put(seat.stream(), seat);
            count = all.size();
        });
    }

    void remove(Seat seat) {
        locked(() -> {
            offers.remove(seat);
            served.remove(seat.stream(), seat);
            seat.clear();
            if (all.remove(seat.stream(), seat)) {
                count = all.size();
            }
            if (!areSeveral()) {
                releaseAll(null);
                changed.signal();
            }
        });
    }

    int count() {
        return count;
    }

    /** A stream alone keeps its own connection. */
    boolean areSeveral() {
        return count > 1;
    }

    boolean has(String stream) {
        lock();
        try {
            return all.containsKey(stream);
        } finally {
            unlock();
        }
    }

    /** The stream may be taken over. Needs the lock. */
    void offer(Seat seat) {
        offers.add(seat);
        if (served.isEmpty() && areReady()) {
            changed.signal();
        }
    }

    /** Needs the lock. */
    void withdraw(Seat seat) {
        offers.remove(seat);
    }

    /** Whether there is something to read together. Needs the lock. */
    boolean areReady() {
        return !served.isEmpty() || offers.size() > 1;
    }

    /**
     * Waits until there is something to read together.
     *
     * @param idle called if it has to wait
     * @return false if there never will be
     */
    boolean awaitReady(Runnable idle) throws InterruptedException {
        lock();
        try {
            while (areSeveral()) {
                if (areReady()) {
                    return true;
                }
                idle.run();
                changed.await();
            }
            return false;
        } finally {
            unlock();
        }
    }

    /** Waits, unless only one stream is left. */
    void pause(long nanos) throws InterruptedException {
        lock();
        try {
            long left = nanos;
            while (areSeveral() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            unlock();
        }
    }

    /**
     * Takes over what is offered, except streams that were read last from another run of a server.
     *
     * @param connectedAt when the connection was opened
     * @return false if such a stream knows a newer server than this connection leads to
     */
    boolean takeOver(RedisLink link, long connectedAt) {
        String run = link.runId();
        List<RedisLink> former = new ArrayList<>();
        boolean newest = true;
        lock();
        try {
            for (Seat seat : List.copyOf(offers)) {
                if (seat.watch().isFrom(run)) {
                    offers.remove(seat);
                    served.put(seat.stream(), seat);
                    former.add(seat.sit());
                } else if (seat.ownSince() - connectedAt > 0) {
                    newest = false;
                }
            }
        } finally {
            unlock();
        }
        former.forEach(RedisLink::close);
        return newest;
    }

    /** The streams that the hub reads, by their keys. */
    Map<String, Seat> served() {
        lock();
        try {
            return new LinkedHashMap<>(served);
        } finally {
            unlock();
        }
    }

    /** Whether the hub reads the stream. Needs the lock. */
    boolean isServed(Seat seat) {
        return served.get(seat.stream()) == seat;
    }

    /** Gives a stream back to its own thread. */
    void release(Seat seat, boolean doesNotSuit) {
        locked(() -> {
            if (served.remove(seat.stream(), seat)) {
                seat.release(null, doesNotSuit);
            }
        });
    }

    /** Gives all streams back. */
    void releaseAll(@Nullable RuntimeException failure) {
        locked(() -> {
            served.values().forEach(seat -> seat.release(failure, false));
            served.clear();
        });
    }
}
