package dev.realtime.stream.binder.redis.connection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * A connection shared by many callers for short commands, replaced as soon as it is lost. Without a connection, calls
 * fail at once. Must not carry commands that block in the server.
 */
public final class SharedLink {

    private static final Logger log = LoggerFactory.getLogger(SharedLink.class);

    private final RedisConnections connections;
    private final Duration recoveryInterval;
    private final String purpose;
    private final Semaphore lost = new Semaphore(0);
    private volatile @Nullable RedisLink current;
    private final FailureLog failures = new FailureLog(log);
    /** Why there is no connection: the failure of the last attempt, or why the last connection was discarded. */
    private volatile @Nullable Throwable reason;

    private volatile boolean running;
    private @Nullable Thread keeper;

    /**
     * @param connections opens connections
     * @param recoveryInterval the longest pause between two attempts
     * @param purpose part of the thread's name and of log lines
     */
    public SharedLink(RedisConnections connections, Duration recoveryInterval, String purpose) {
        this.connections = connections;
        this.recoveryInterval = recoveryInterval;
        this.purpose = purpose;
    }

    /** Connects and stays connected; if the first attempt fails, further ones follow in the background. */
    public synchronized void start() {
        if (!running) {
            running = true;
            attempt();
            keeper = Thread.ofVirtual().name("redis-link-" + purpose).start(this::keep);
        }
    }

    /** Closes the connection and stops reconnecting. */
    public synchronized void stop() {
        running = false;
        Thread thread = keeper;
        keeper = null;
        if (thread != null) {
            thread.interrupt();
        }
        RedisLink link = current;
        current = null;
        if (link != null) {
            link.close();
        }
    }

    /**
     * The current connection.
     *
     * @throws RedisConnectionFailureException at once if there is none: nothing was written
     */
    public RedisLink require() {
        RedisLink link = current;
        if (link == null || !link.isOpen()) {
            throw new RedisConnectionFailureException("There is no connection to Redis at the moment", reason);
        }
        return link;
    }

    /**
     * Discards the connection, for example because it no longer answers or leads to a replica. Does not block.
     *
     * @param why the cause that callers receive until there is a new connection
     */
    public void discard(RedisLink link, @Nullable Throwable why) {
        if (why != null) {
            reason = why;
        }
        link.close();
        lost.release();
    }

    /** Discards the connection unless the server answers a PING within the reply timeout. Does not block. */
    public void suspect() {
        RedisLink link = current;
        if (link != null) {
            link.commands()
                    .ping()
                    .toCompletableFuture()
                    .orTimeout(connections.replyTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((pong, failure) -> {
                        if (failure != null) {
                            discard(link, failure);
                        }
                    });
        }
    }

    /** Whether the server answers a PING. Blocks up to the reply timeout. */
    public boolean answers() {
        try {
            RedisLink link = require();
            link.await(link.commands().ping());
            return true;
        } catch (RuntimeException failure) {
            return false;
        }
    }

    private void keep() {
        Backoff backoff = new Backoff(recoveryInterval);
        try {
            while (running && !connections.isOver()) {
                RedisLink link = current;
                if (link != null && link.isOpen()) {
                    lost.acquire();
                    lost.drainPermits();
                } else if (attempt()) {
                    backoff.reset();
                } else if (lost.tryAcquire(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                    lost.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        try {
            RedisLink link = connections.open();
            current = link;
            link.onDisconnect(() -> discard(link, null));
            if (!running) {
                link.close();
            }
            failures.succeeded(attempting());
            log.debug("Connected for {}", purpose);
            return true;
        } catch (RuntimeException failure) {
            // The application's client may stop before the binder does: a shutdown, not a failure.
            if (!connections.isOver()) {
                reason = failure;
                failures.failed(attempting(), failure);
            }
            return false;
        }
    }

    private String attempting() {
        return "Connecting to Redis for " + purpose;
    }
}
