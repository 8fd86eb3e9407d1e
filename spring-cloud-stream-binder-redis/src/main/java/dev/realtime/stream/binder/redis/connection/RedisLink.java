package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * One connection, used until it breaks and then thrown away. A command is written at most once: when the connection
 * breaks, what was not answered fails.
 */
public final class RedisLink implements AutoCloseable {

    /** Above every wait of ours, so that Lettuce's own expiry never strikes first. */
    private static final Duration NEVER_FIRST = Duration.ofMinutes(10);

    private static final Duration ABORT_GRACE = Duration.ofMillis(50);

    private final StatefulConnection<byte[], byte[]> connection;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Duration replyTimeout;
    private final boolean cluster;
    private final AtomicBoolean closed = new AtomicBoolean();

    RedisLink(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            Duration replyTimeout,
            boolean cluster) {
        this.connection = connection;
        this.commands = commands;
        this.replyTimeout = replyTimeout;
        this.cluster = cluster;
        connection.setTimeout(NEVER_FIRST);
    }

    /** Commands to be written to this connection, in the order they are called. */
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    /** Whether the connection leads to a Redis Cluster, so that commands without a key go to any of its nodes. */
    public boolean isCluster() {
        return cluster;
    }

    /** Whether commands can be written. */
    public boolean isOpen() {
        return !closed.get() && connection.isOpen();
    }

    /** Calls back once, from a thread that must not be blocked, when the connection is lost. */
    public void onDisconnect(Runnable callback) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
                callback.run();
            }
        });
    }

    /** Waits for an answer as long as one may take. */
    public <T extends @Nullable Object> T await(CompletionStage<T> answer) {
        return await(answer, Duration.ZERO);
    }

    /**
     * Waits for an answer.
     *
     * @param asked how long the server was asked to take
     * @throws RedisCommandExecutionException when the answer is an error
     * @throws RedisConnectionFailureException when there is none; the connection is closed then
     */
    public <T extends @Nullable Object> T await(CompletionStage<T> answer, Duration asked) {
        try {
            return answer.toCompletableFuture().get(asked.plus(replyTimeout).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw translate(failure.getCause());
        } catch (TimeoutException failure) {
            close();
            throw new RedisConnectionFailureException("Redis did not answer in time", failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            close();
            throw new RedisConnectionFailureException("Interrupted while waiting for Redis", failure);
        }
    }

    /**
     * Waits for an answer that may be given up.
     *
     * @param abort ends the waiting when completed; the connection is closed then, unless the answer came after all
     * @return the answer, or {@code null} when it was given up
     */
    public <T> @Nullable T await(CompletionStage<T> answer, Duration asked, CompletableFuture<?> abort) {
        CompletableFuture<T> future = answer.toCompletableFuture();
        await(CompletableFuture.anyOf(future, abort), asked);
        if (!future.isDone()) {
            try {
                // What is on its way already had better be taken.
                return future.get(ABORT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException | InterruptedException givenUp) {
                close();
                return null;
            }
        }
        return future.join();
    }

    /** An error that came as an answer stays as it is, everything else means that the connection is of no use. */
    private RuntimeException translate(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RedisCommandExecutionException answer) {
            return answer;
        }
        close();
        return new RedisConnectionFailureException("The connection to Redis was lost", cause);
    }

    /** Closes without waiting; what is not answered yet fails. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connection.closeAsync();
        }
    }
}
