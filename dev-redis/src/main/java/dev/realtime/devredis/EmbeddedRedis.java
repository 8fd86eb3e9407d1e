package dev.realtime.devredis;

import dev.realtime.launch.DataFolder;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's share in the Redis of its data folder. The first service starts the server; later ones adopt it, also
 * after a crash; the last one to leave ends it. Services that share a folder may start and stop in any order.
 *
 * <p>If the server dies while it is in use, it is restarted on the same port with the same password and data.
 */
public final class EmbeddedRedis implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);

    /** More restarts do not help a server that keeps dying; the service then goes on as if Redis were unreachable. */
    private static final int MOST_RESTARTS = 10;

    private final DataFolder folder;
    private final RedisProcess process;
    private volatile RunningRedis running;
    private int restarts;
    private boolean closed;

    private EmbeddedRedis(DataFolder folder, RedisProcess process, RunningRedis running) {
        this.folder = folder;
        this.process = process;
        this.running = running;
    }

    /**
     * Starts or adopts the folder's Redis and keeps it running until {@link #close()}.
     *
     * @param options how to start it, if it has to be started
     * @throws StartupRefusedException if there is no program to start, or if the program does not start
     */
    public static EmbeddedRedis join(DataFolder folder, EmbeddedOptions options) throws IOException {
        var process = new RedisProcess(folder, options);
        RunningRedis running = FolderLocks.changing(folder, () -> {
            RunningRedis found = process.findOrLaunch();
            FolderLocks.use(folder);
            return found;
        });
        var redis = new EmbeddedRedis(folder, process, running);
        redis.watch();
        return redis;
    }

    /**
     * Starts or adopts the folder's Redis without joining it: it runs until it is ended.
     *
     * @param options how to start it, if it has to be started
     * @throws StartupRefusedException if there is no program to start, or if the program does not start
     */
    public static RunningRedis startDetached(DataFolder folder, EmbeddedOptions options) throws IOException {
        return FolderLocks.changing(folder, () -> new RedisProcess(folder, options).findOrLaunch());
    }

    /** The folder's Redis if it runs and answers, otherwise null. Changes nothing. */
    public static @Nullable RunningRedis find(DataFolder folder) throws IOException {
        return new RedisProcess(folder).find();
    }

    /** The results of {@link #stopDetached}. */
    public enum Stopped {
        /** It has ended and its data is written. */
        ENDED,
        /** It was not running. */
        NOT_RUNNING,
        /** It keeps running because a process uses it. */
        IN_USE
    }

    /** Ends the folder's Redis unless a service uses it. */
    public static Stopped stopDetached(DataFolder folder) throws IOException {
        var process = new RedisProcess(folder);
        return FolderLocks.changing(folder, () -> {
            RunningRedis found = process.find();
            if (found == null) {
                return Stopped.NOT_RUNNING;
            }
            if (FolderLocks.used(folder)) {
                return Stopped.IN_USE;
            }
            process.end(found);
            return Stopped.ENDED;
        });
    }

    /** The server as of its last start. */
    public RunningRedis running() {
        return running;
    }

    /** Leaves; the last service to leave ends the server. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            FolderLocks.changing(folder, () -> {
                FolderLocks.release(folder);
                if (FolderLocks.used(folder)) {
                    log.info("The embedded Redis keeps running: another service uses it");
                } else {
                    process.end(running);
                }
                return null;
            });
        } catch (IOException e) {
            log.warn("The embedded Redis ({}) could not be stopped: {}", running, DataFolder.reason(e));
        }
    }

    private void watch() {
        Thread.ofPlatform().daemon().name("embedded-redis-watch").start(this::keepRunning);
    }

    private void keepRunning() {
        while (true) {
            ProcessHandle.of(running.pid())
                    .ifPresent(process -> process.onExit().join());
            synchronized (this) {
                if (closed) {
                    return;
                }
            }
            if (++restarts > MOST_RESTARTS) {
                log.error("The embedded Redis has exited {} times and is not restarted any more", MOST_RESTARTS);
                return;
            }
            try {
                restart();
            } catch (IOException | StartupRefusedException e) {
                log.error("The embedded Redis exited and could not be restarted: {}", e.getMessage());
                return;
            }
        }
    }

    private void restart() throws IOException {
        int port = running.port();
        RunningRedis again = FolderLocks.changing(folder, () -> {
            synchronized (this) {
                // close() ended it while this thread waited for the lock.
                return closed ? running : process.findOrLaunch();
            }
        });
        running = again;
        if (again.port() == port) {
            log.warn("The embedded Redis exited and was restarted ({})", again);
        } else {
            log.error(
                    "The embedded Redis exited, and another program has taken its port {}: restart the service", port);
        }
    }
}
