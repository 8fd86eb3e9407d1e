package dev.realtime.console.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Limits how many passwords are hashed at a time, since each hash occupies a core for a tenth of a second or more. At
 * most {@value #MOST_WAITING} attempts wait. Users who have logged in from the same address before have separate slots,
 * which strangers cannot exhaust.
 */
final class HashingSlots {

    /** Thrown if no slot becomes free in time. */
    static final class NoSlotException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private static final int MOST_WAITING = 50;

    private final Semaphore strangers;
    private final Semaphore known;
    private final Duration patience;

    /**
     * Creates the slots.
     *
     * @param slots number of concurrent hashes, for strangers and for known users each
     * @param patience how long an attempt waits for a slot
     */
    HashingSlots(int slots, Duration patience) {
        this.strangers = new Semaphore(slots, true);
        this.known = new Semaphore(slots, true);
        this.patience = patience;
    }

    /** Half of the processors for strangers: the other half keeps the pages of logged-in users responsive. */
    static HashingSlots ofThisMachine() {
        return new HashingSlots(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Duration.ofSeconds(5));
    }

    /**
     * Runs a task in a slot.
     *
     * @param isKnown whether the name has logged in from the address before
     * @throws NoSlotException if too many attempts wait already, or no slot became free in time
     */
    boolean run(boolean isKnown, BooleanSupplier work) throws NoSlotException {
        Semaphore slots = isKnown ? known : strangers;
        try {
            if (slots.getQueueLength() >= MOST_WAITING || !slots.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NoSlotException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoSlotException();
        }
        try {
            return work.getAsBoolean();
        } finally {
            slots.release();
        }
    }
}
