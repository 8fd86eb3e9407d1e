package dev.realtime.console.live;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs a periodic task on its own virtual thread, from the application's start to its end. */
abstract class Beat implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Beat.class);

    private final String name;
    private final Duration pause;
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    /** @param pause the time from the end of one run to the start of the next */
    Beat(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    /** One run. Exceptions are logged and do not stop further runs. */
    abstract void beat();

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        while (running) {
            try {
                beat();
            } catch (RuntimeException e) {
                log.warn("{} failed and will run again", name, e);
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
