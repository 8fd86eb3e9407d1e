package dev.realtime.socketio.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of one connection, run one after the other in order of arrival, on a virtual thread while there are any.
 * Bounded: at {@code pauseAt} waiting tasks or {@code pauseAtBytes} bytes of messages, the source is paused until half
 * of that is done; at {@code limit} tasks, the mailbox refuses more.
 *
 * <p>A long queue is processed in slices: after each, the mailbox is queued again on the executor, so that no
 * connection occupies a thread that others wait for.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** How long one slice may take. */
    private static final long SLICE_NANOS = 1_000_000;

    private final Executor executor;
    private final Bounds bounds;
    private final Source source;

    /** Null while empty, which is nearly always. */
    private @Nullable Deque<Runnable> tasks;

    private long bytes;
    private boolean running;
    private boolean paused;

    /**
     * The limits of a mailbox, the same for all connections.
     *
     * @param pauseAt how many waiting tasks pause the source
     * @param pauseAtBytes how many bytes of waiting messages pause the source
     * @param limit at how many waiting tasks further ones are refused
     */
    record Bounds(int pauseAt, long pauseAtBytes, int limit) {}

    /** Where the tasks come from. */
    interface Source {

        /** Pauses or resumes the source. */
        void setReading(boolean reading);
    }

    /** A task that holds a message of the client. */
    interface Message extends Runnable {

        /** How many bytes it holds. */
        int bytes();
    }

    /** An empty mailbox that pauses this source when it fills. */
    Mailbox(Executor executor, Bounds bounds, Source source) {
        this.executor = executor;
        this.bounds = bounds;
        this.source = source;
    }

    /** Queues a message; false if too many tasks are waiting. */
    boolean post(Message message) {
        return post(message, message.bytes(), bounds.limit());
    }

    /** Queues a task despite the limit, for the few that must run, such as the last one. */
    void postAlways(Runnable task) {
        post(task, 0, Integer.MAX_VALUE);
    }

    /** Drops the waiting messages and returns how many bytes they held. */
    synchronized int dropMessages() {
        int dropped = (int) bytes;
        if (tasks != null) {
            tasks.removeIf(task -> task instanceof Message);
        }
        bytes = 0;
        return dropped;
    }

    private boolean post(Runnable task, int size, int limit) {
        boolean start;
        boolean tellPause;
        synchronized (this) {
            if (waiting() >= limit) {
                return false;
            }
            if (tasks == null) {
                tasks = new ArrayDeque<>(4);
            }
            tasks.addLast(task);
            bytes += size;
            start = !running;
            running = true;
            tellPause = !paused && (waiting() >= bounds.pauseAt() || bytes >= bounds.pauseAtBytes());
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
        long began = System.nanoTime();
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Also catches Error: otherwise the mailbox would count as running forever.
                Wordless.log(log, "A task in a socket's mailbox failed", e);
            }
            if (System.nanoTime() - began >= SLICE_NANOS) {
                if (goToTheBack()) {
                    return;
                }
                began = System.nanoTime();
            }
        }
    }

    /** Yields to other mailboxes; false if nothing is left to do or the executor accepts no more tasks. */
    private boolean goToTheBack() {
        synchronized (this) {
            if (tasks == null || tasks.isEmpty()) {
                return false;
            }
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            // The executor shuts down and waits for running tasks: the last packets are among the remaining ones.
            return false;
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
            if (task instanceof Message message) {
                bytes -= message.bytes();
            }
            tellResume = paused && waiting() <= bounds.pauseAt() / 2 && bytes <= bounds.pauseAtBytes() / 2;
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
