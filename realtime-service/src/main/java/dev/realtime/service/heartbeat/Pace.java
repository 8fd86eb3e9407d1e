package dev.realtime.service.heartbeat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** At most so many in any second. For one thread. */
public final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier nanos;
    /** The times within the last second. */
    private final Deque<Long> taken = new ArrayDeque<>();

    /** @param nanos a clock in nanoseconds */
    public Pace(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** How many are allowed now. */
    public int allowed() {
        long now = nanos.getAsLong();
        while (!taken.isEmpty() && now - taken.peekFirst() >= SECOND) {
            taken.removeFirst();
        }
        return perSecond - taken.size();
    }

    /** Uses up one of those that are allowed now. */
    public void take() {
        taken.addLast(nanos.getAsLong());
    }
}
