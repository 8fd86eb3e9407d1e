package dev.realtime.stream.binder.redis.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/** A connection to one server, replaced as soon as it is lost. */
final class KeptLink {

    private static final Logger log = LoggerFactory.getLogger(KeptLink.class);

    /** Opens connections to one server. */
    interface Opening {

        /** Blocks at most for the connect timeout and the handshake. */
        RedisLink open();
    }

    private final RedisConnections connections;
    private final Opening server;
    private final Duration recoveryInterval;
    private final String purpose;
    private final Semaphore lost = new Semaphore(0);
    private volatile @Nullable RedisLink current;
    private final FailureLog failures = new FailureLog(log);
    /** Why there is no connection: the failure of the last attempt, or why the last connection was discarded. */
    private volatile @Nullable Throwable reason;

    private volatile boolean running;
    private @Nullable Future<?> keeper;

    /**
     * @param connections told of every failure
     * @param recoveryInterval the longest pause between two attempts
     * @param purpose part of the thread's name and of log lines
     */
    KeptLink(RedisConnections connections, Opening server, Duration recoveryInterval, String purpose) {
        this.connections = connections;
        this.server = server;
        this.recoveryInterval = recoveryInterval;
        this.purpose = purpose;
    }

    /** Connects and stays connected; if the first attempt fails, further ones follow in the background. */
    synchronized void start() {
        if (!running) {
            running = true;
            attempt();
            keeper = Threads.start("redis-link-" + purpose, this::keep);
        }
    }

    /** Closes the connection and stops reconnecting. */
    synchronized void stop() {
        running = false;
        Future<?> keeping = keeper;
        keeper = null;
        if (keeping != null) {
            keeping.cancel(true);
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
    RedisLink require() {
        RedisLink link = current;
        if (link == null || !link.isOpen()) {
            connections.suspect();
            throw new RedisConnectionFailureException("There is no connection to Redis at the moment", reason);
        }
        return link;
    }

    /**
     * Discards the connection, for example because it no longer answers or leads to a replica. Does not block.
     *
     * @param why the cause that callers receive until there is a new connection
     */
    void discard(RedisLink link, @Nullable Throwable why) {
        if (why != null) {
            reason = why;
        }
        link.close();
        connections.suspect();
        lost.release();
    }

    /** Whether this is or was the owner of a connection that is still in use. */
    boolean has(RedisLink link) {
        return current == link;
    }

    /** Discards the connection unless the server answers a PING within the reply timeout. Does not block. */
    void suspect() {
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

    /** Asks for an answer to a PING, for at most the reply timeout. Does not block. */
    CompletableFuture<Boolean> answers() {
        RedisLink link = current;
        if (link == null || !link.isOpen()) {
            return CompletableFuture.completedFuture(false);
        }
        return link.commands()
                .ping()
                .toCompletableFuture()
                .orTimeout(connections.replyTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((pong, failure) -> failure == null);
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
            RedisLink link = server.open();
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
                connections.suspect();
            }
            return false;
        }
    }

    private String attempting() {
        return "Connecting to Redis for " + purpose;
    }
}
