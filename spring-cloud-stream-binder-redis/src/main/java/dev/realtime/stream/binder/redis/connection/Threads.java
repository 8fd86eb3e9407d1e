package dev.realtime.stream.binder.redis.connection;

import java.util.concurrent.Future;
import org.springframework.boot.system.JavaVersion;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/** Starts threads by Spring's executor: virtual ones where the runtime has them, from Java 21 on. */
public final class Threads {

    private static final boolean VIRTUAL = JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);

    private Threads() {}

    /**
     * Starts a thread.
     *
     * @param name the thread's name, followed by a number
     * @return to wait for its end, or to interrupt it by cancelling
     */
    public static Future<?> start(String name, Runnable task) {
        return executor(name).submit(task);
    }

    /**
     * An executor with a new thread for each task, which does not keep the JVM alive.
     *
     * @param name the threads' name, followed by a number
     */
    public static AsyncTaskExecutor executor(String name) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-");
        executor.setVirtualThreads(VIRTUAL);
        executor.setDaemon(true);
        return executor;
    }
}
