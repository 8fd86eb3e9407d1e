package dev.realtime.service.gateway.socketio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of one connection, run one after the other in the order they came, on a virtual thread while there are any.
 * Bounded: at {@code pauseAt} waiting tasks the source is paused until half of them are done; at {@code limit} the
 * mailbox refuses.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final Executor executor;
    private final int pauseAt;
    private final int limit;
    private final Source source;

    /** Null while there is none, as it nearly always is. */
    private @Nullable Deque<Runnable> tasks;

    private boolean running;
    private boolean paused;

    /** Where the tasks come from. */
    interface Source {

        /** Stops or goes on. */
        void setReading(boolean reading);
    }

    /** A mailbox that stops its source when it fills. */
    Mailbox(Executor executor, int pauseAt, int limit, Source source) {
        this.executor = executor;
        this.pauseAt = pauseAt;
        this.limit = limit;
        this.source = source;
    }

    /** Puts a task behind those that wait; false when there are too many. */
    boolean post(Runnable task) {
        return post(task, limit);
    }

    /** Puts a task behind those that wait, whatever the bound: for the few that must run, such as the last. */
    void postAlways(Runnable task) {
        post(task, Integer.MAX_VALUE);
    }

    private boolean post(Runnable task, int bound) {
        boolean start;
        boolean tellPause;
        synchronized (this) {
            if (waiting() >= bound) {
                return false;
            }
            if (tasks == null) {
                tasks = new ArrayDeque<>(4);
            }
            tasks.addLast(task);
            start = !running;
            running = true;
            tellPause = !paused && waiting() >= pauseAt;
            paused |= tellPause;
        }
        if (tellPause) {
            source.setReading(false);
        }
        if (start) {
            executor.execute(this::run);
        }
        return true;
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // An Error too: the mailbox would take itself for running ever after.
                Wordless.log(log, "A socket's task failed", e);
            }
        }
    }

    private @Nullable Runnable next() {
        Runnable task;
        boolean tellResume;
        synchronized (this) {
            task = tasks == null ? null : tasks.pollFirst();
            running = task != null;
            if (!running) {
                tasks = null;
            }
            tellResume = paused && waiting() <= pauseAt / 2;
            paused &= !tellResume;
        }
        if (tellResume) {
            source.setReading(true);
        }
        return task;
    }

    private int waiting() {
        return tasks == null ? 0 : tasks.size();
    }
}
