package dev.realtime.service.heartbeat;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** A bean that lives by a heartbeat: it begins and ends with the application. */
public abstract class Beating implements SmartLifecycle {

    private final Heartbeat heartbeat;

    /** One whose thread has this name. */
    protected Beating(String name) {
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

    /** Ends it; see {@link Heartbeat#stop(Duration)}. */
    protected final boolean stop(Duration patience) {
        return heartbeat.stop(patience);
    }

    @Override
    public boolean isRunning() {
        return heartbeat.isRunning();
    }
}
