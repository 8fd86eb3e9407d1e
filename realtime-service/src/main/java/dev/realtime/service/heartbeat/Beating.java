package dev.realtime.service.heartbeat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * A bean that lives by a heartbeat: it begins and ends with the application. One that has something to do only after
 * something has happened is told of it by {@link #stir()}, and beats often only while it {@link #isLively()}.
 */
public abstract class Beating implements SmartLifecycle {

    /** How long one that was stirred is lively. */
    private static final long LIVELY_NANOS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final Heartbeat heartbeat;
    private volatile long stirred = System.nanoTime();

    /** One whose thread has this name. */
    protected Beating(String name) {
        this.name = name;
        heartbeat = new Heartbeat(name, () -> beat());
    }

    /** Does its work once and answers how long to wait for the next time; may block, must not throw. */
    protected abstract Duration beat();

    @Override
    public void start() {
        heartbeat.start();
    }

    @Override
    public void stop() {
        heartbeat.stop(Duration.ZERO);
    }

    /** Has it beat now; see {@link Heartbeat#wake()}. */
    protected final void wake() {
        heartbeat.wake();
    }

    /** Something has happened: it is lively from now on, and beats now if it was about to be so no longer. Never waits. */
    protected final void stir() {
        long now = System.nanoTime();
        long before = stirred;
        stirred = now;
        // Well before it goes to rest, which it may do while this runs.
        if (now - before >= LIVELY_NANOS / 2) {
            wake();
        }
    }

    /** Whether something has happened within a second. */
    protected final boolean isLively() {
        return System.nanoTime() - stirred < LIVELY_NANOS;
    }

    /** Ends it; see {@link Heartbeat#stop(Duration)}. */
    protected final boolean stop(Duration patience) {
        return heartbeat.stop(patience);
    }

    /**
     * Does a last thing that others had better know of. Who it is told to may be away, which must not hold the end up: it
     * is waited for no longer than this, and its failure is nobody's.
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
