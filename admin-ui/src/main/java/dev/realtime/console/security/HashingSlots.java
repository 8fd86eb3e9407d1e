package dev.realtime.console.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Bounds how many passwords are hashed at a time, since each hash takes a core for a tenth of a second or more. Attempts wait
 * their turn, {@value #MOST_WAITING} at most; who has logged in from the same address before has slots apart, which no
 * stranger can fill.
 */
final class HashingSlots {

    /** Thrown when there is no slot in time. */
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
     * @param slots how many hashes of strangers, and how many of those who are known, are worked out at a time
     * @param patience how long an attempt waits for one
     */
    HashingSlots(int slots, Duration patience) {
        this.strangers = new Semaphore(slots, true);
        this.known = new Semaphore(slots, true);
        this.patience = patience;
    }

    /** Half of the processors for strangers: the other half keeps the pages of those who are logged in alive. */
    static HashingSlots ofThisMachine() {
        return new HashingSlots(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), Duration.ofSeconds(5));
    }

    /**
     * Works something out in a slot.
     *
     * @param isKnown whether the name has logged in from the address before
     * @throws NoSlotException when too many wait already, or none was free in time
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
