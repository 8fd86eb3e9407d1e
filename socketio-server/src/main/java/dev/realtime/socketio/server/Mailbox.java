package dev.realtime.socketio.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of one connection, run one after the other in the order they came, on a virtual thread while there are any.
 * Bounded: at {@code pauseAt} waiting tasks, or bytes of messages, the source is paused until half of them are done; at
 * {@code limit} the mailbox refuses.
 *
 * <p>A long queue is worked off in slices: after each the mailbox goes to the back of the executor's queue, so that no
 * connection holds a thread that others wait for.
 */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    /** What one turn may take before others have theirs. */
    private static final long SLICE_NANOS = 1_000_000;

    private final Executor executor;
    private final Bounds bounds;
    private final Source source;

    /** Null while there is none, as it nearly always is. */
    private @Nullable Deque<Runnable> tasks;

    private long bytes;
    private boolean running;
    private boolean paused;

    /**
     * How full a mailbox may be; the same for all of them.
     *
     * @param pauseAt how many waiting tasks pause the source
     * @param pauseAtBytes how many bytes of waiting messages do
     * @param limit how many tasks are refused
     */
    record Bounds(int pauseAt, long pauseAtBytes, int limit) {}

    /** Where the tasks come from. */
    interface Source {

        /** Stops or goes on. */
        void setReading(boolean reading);
    }

    /** A task that holds a message of the client. */
    interface Message extends Runnable {

        /** How many bytes it holds. */
        int bytes();
    }

    /** A mailbox that stops its source when it fills. */
    Mailbox(Executor executor, Bounds bounds, Source source) {
        this.executor = executor;
        this.bounds = bounds;
        this.source = source;
    }

    /** Puts a message behind what waits; false when there is too much. */
    boolean post(Message message) {
        return post(message, message.bytes(), bounds.limit());
    }

    /** Puts a task behind those that wait, whatever the bound: for the few that must run, such as the last. */
    void postAlways(Runnable task) {
        post(task, 0, Integer.MAX_VALUE);
    }

    /** Forgets the messages that wait, since nobody wants them any more, and answers how many bytes they held. */
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
                // An Error too: the mailbox would take itself for running ever after.
                Wordless.log(log, "A socket's task failed", e);
            }
            if (System.nanoTime() - began >= SLICE_NANOS) {
                if (goToTheBack()) {
                    return;
                }
                began = System.nanoTime();
            }
        }
    }

    /** Lets others have their turn; false when there is nothing left to do, or no more turns are given. */
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
            // The service stops, and waits for what runs: the last words are among what is left.
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
