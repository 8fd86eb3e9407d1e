package dev.realtime.service.heartbeat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Runs a periodic task from the start to the end of the application. A task that only has work after something has
 * happened is told by {@link #stir()}, and beats often only while it {@link #isLively()}.
 */
public abstract class Beating implements SmartLifecycle {

    /** How long a task stays lively after {@link #stir()}. */
    private static final long LIVELY_NANOS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Heartbeat heartbeat;
    private volatile long stirred = System.nanoTime();

    /** Names the thread. */
    protected Beating(String name) {
        this.name = name;
        heartbeat = new Heartbeat(name, () -> beat());
    }

    /** Does the work once and returns how long to wait until the next beat; may block, must not throw. */
    protected abstract Duration beat();

    @Override
    public void start() {
        heartbeat.start();
    }

    @Override
    public void stop() {
        heartbeat.stop(Duration.ZERO);
    }

    /** Runs a beat now; see {@link Heartbeat#wake()}. */
    protected final void wake() {
        heartbeat.wake();
    }

    /**
     * Something has happened: the task is lively from now on, and beats now if it was about to fall asleep. Never
     * blocks.
     */
    protected final void stir() {
        long now = System.nanoTime();
        long before = stirred;
        stirred = now;
        // Well before the task falls asleep, which may happen while this method runs.
        if (now - before >= LIVELY_NANOS / 2) {
            wake();
        }
    }

    /** Whether something has happened within the last second. */
    protected final boolean isLively() {
        return System.nanoTime() - stirred < LIVELY_NANOS;
    }

    /** Stops the beats; see {@link Heartbeat#stop(Duration)}. */
    protected final boolean stop(Duration patience) {
        return heartbeat.stop(patience);
    }

    /**
     * Does a last piece of work that others should know of. It must not delay the shutdown when the other side is unavailable:
     * it is awaited no longer than {@code patience}, and its failure is ignored.
     */
    protected final void farewell(Duration patience, Runnable lastWords) {
        CompletableFuture.runAsync(
                        lastWords,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name(name + "-farewell")
                                .start(task))
                .handle((unused, failure) -> true)
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public boolean isRunning() {
        return heartbeat.isRunning();
    }
}
