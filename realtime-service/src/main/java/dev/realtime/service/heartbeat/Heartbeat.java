package dev.realtime.service.heartbeat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats one task on a thread of its own, from {@link #start()} to {@link #stop(Duration)}. Each beat returns how long
 * to wait for the next; a beat may block, and must not throw.
 *
 * <p>The thread is a platform thread: virtual threads wait for a carrier, and carriers may all be busy with what
 * clients send.
 *
 * <p>Waits end at multiples of the interval, so that tasks with the same interval beat together: waking a sleeping core
 * costs more than most beats do, and one wake-up then serves all of them.
 *
 * <p>Thread-safe, and may be started again after it was stopped.
 */
public final class Heartbeat {

    private final String name;
    private final Supplier<Duration> beat;
    private volatile @Nullable Thread thread;

    /** A heartbeat that is not running yet; the name is that of its thread. */
    public Heartbeat(String name, Supplier<Duration> beat) {
        this.name = name;
        this.beat = beat;
    }

    /** Starts with a beat at once. */
    public void start() {
        Thread beating = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
        // Set before the thread runs, since the thread ends when it is no longer the current one.
        thread = beating;
        beating.start();
    }

    public boolean isRunning() {
        return thread != null;
    }

    /**
     * Stops the beats, and interrupts a running one.
     *
     * @param patience how long to wait for the running beat to end; zero does not wait
     * @return whether the beats are known to have ended
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

    /** Runs the next beat at once; during a beat, runs another one right after it. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    private void run() {
        while (Thread.currentThread() == thread) {
            LockSupport.parkNanos(toMark(System.nanoTime(), beat.get().toNanos()));
        }
    }

    /** The time until the next multiple of the interval, in nanoseconds; zero for no wait. */
    static long toMark(long now, long interval) {
        return interval <= 0 ? 0 : interval - Math.floorMod(now, interval);
    }
}
