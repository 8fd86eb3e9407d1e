package dev.realtime.service.security;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A rate limit with a burst, for many threads: one number, without a lock. */
final class EventRate {

    private static final long NANOS = 1_000_000_000L;

    private final long nanosPerEvent;
    private final long burstNanos;
    private final LongSupplier clock;
    /** When the events taken so far are used up at the permitted rate. */
    private final AtomicLong paidUntil;

    EventRate(int perSecond, int burst, LongSupplier clock) {
        nanosPerEvent = NANOS / perSecond;
        burstNanos = nanosPerEvent * burst;
        this.clock = clock;
        paidUntil = new AtomicLong(clock.getAsLong());
    }

    /** Takes one event. Returns false if the rate is exceeded; it allows another event within a second. */
    boolean take() {
        while (true) {
            long now = clock.getAsLong();
            long before = paidUntil.get();
            long after = (before - now > 0 ? before : now) + nanosPerEvent;
            if (after - now > burstNanos) {
                return false;
            }
            if (paidUntil.compareAndSet(before, after)) {
                return true;
            }
        }
    }
}
