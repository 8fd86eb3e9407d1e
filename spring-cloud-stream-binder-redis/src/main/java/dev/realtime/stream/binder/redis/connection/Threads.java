package dev.realtime.stream.binder.redis.connection;

import java.util.concurrent.Future;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Starts threads by Spring's executor: virtual ones where the runtime has them, from Java 21 on. */
public final class Threads {

    private static final boolean VIRTUAL = JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);

    private Threads() {}

    /**
     * Starts a thread.
     *
     * @param name the thread's name
     * @return to wait for its end, or to interrupt it by cancelling
     */
    public static Future<?> start(String name, Runnable task) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-");
        executor.setVirtualThreads(VIRTUAL);
        // A reader that does not stop must not keep the JVM alive.
        executor.setDaemon(true);
        return executor.submit(task);
    }
}
