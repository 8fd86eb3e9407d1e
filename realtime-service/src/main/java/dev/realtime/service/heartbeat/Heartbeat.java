package dev.realtime.service.heartbeat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does one thing again and again, on a thread of its own, from {@link #start()} to {@link #stop(Duration)}. Each beat
 * answers how long to wait for the next; it may block, and must not throw.
 *
 * <p>The thread is a platform thread: virtual ones wait for a carrier, and carriers may all be busy with what clients send.
 *
 * <p>Waits end on the marks of a grid, so that those which beat equally often beat together: a sleeping core is woken once
 * for all of them, which costs more than what most of them do.
 *
 * <p>Thread-safe, and may be started again after it was stopped.
 */
public final class Heartbeat {

    private final String name;
    private final Supplier<Duration> beat;
    private volatile @Nullable Thread thread;

    /** A heartbeat that is not running yet, and the name of its thread. */
    public Heartbeat(String name, Supplier<Duration> beat) {
        this.name = name;
        this.beat = beat;
    }

    /** Begins with a beat at once. */
    public void start() {
        Thread beating = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        // Known before it runs: it ends when it is no longer the one.
        thread = beating;
        beating.start();
    }

    public boolean isRunning() {
        return thread != null;
    }

    /**
     * Begins no beat any more, and interrupts one that is under way.
     *
     * @param patience how long to wait for its end; zero does not wait
     * @return whether it is known to be over
     */
    public boolean stop(Duration patience) {
        Thread running = thread;
        thread = null;
        if (running == null) {
            return true;
        }
        running.interrupt();
        try {
            return running.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Has the next beat begin at once; or, when one is under way, another one begin right after it. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (Thread.currentThread() == thread) {
            LockSupport.parkNanos(toMark(System.nanoTime(), beat.get().toNanos()));
        }
    }

    /** From now to the next multiple of the interval, in nanoseconds; zero for no wait. */
    static long toMark(long now, long interval) {
        return interval <= 0 ? 0 : interval - Math.floorMod(now, interval);
    }
}
