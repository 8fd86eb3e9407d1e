package dev.realtime.stream.binder.redis.connection;

import dev.realtime.stream.binder.redis.wire.RawReply;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * One connection, used until it breaks and then discarded. A command is written at most once: when the connection
 * breaks, unanswered commands fail.
 */
public final class RedisLink implements AutoCloseable {

    /** Longer than all waits of the binder, so that Lettuce's own timeout never comes first. */
    private static final Duration NEVER_FIRST = Duration.ofMinutes(10);

    private static final Duration ABORT_GRACE = Duration.ofMillis(50);

    private final StatefulConnection<byte[], byte[]> connection;
    private final RedisClusterAsyncCommands<byte[], byte[]> commands;
    private final Duration replyTimeout;
    private final Runnable elsewhere;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Optional<String> run;

    RedisLink(
            StatefulConnection<byte[], byte[]> connection,
            RedisClusterAsyncCommands<byte[], byte[]> commands,
            Duration replyTimeout,
            Runnable elsewhere) {
        this.connection = connection;
        this.commands = commands;
        this.replyTimeout = replyTimeout;
        this.elsewhere = elsewhere;
        connection.setTimeout(NEVER_FIRST);
    }

    /** The commands of this connection, written in the order of the calls. */
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return commands;
    }

    /** Whether commands can be written. */
    public boolean isOpen() {
        return !closed.get() && connection.isOpen();
    }

    /** Calls back once when the connection is lost, on a thread that must not be blocked. */
    public void onDisconnect(Runnable callback) {
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
                callback.run();
            }
        });
    }

    /** The id of the server's run; null if the server does not tell it. Waits for the answer once. */
    public @Nullable String runId() {
        Optional<String> known = run;
        if (known == null) {
            known = askForRun();
            run = known;
        }
        return known.orElse(null);
    }

    private Optional<String> askForRun() {
        try {
            return await(commands.info("server"))
                    .lines()
                    .filter(line -> line.startsWith("run_id:"))
                    .findFirst()
                    .map(line -> line.substring("run_id:".length()).strip());
        } catch (RedisCommandExecutionException notAllowed) {
            return Optional.empty();
        }
    }

    /** Waits for an answer up to the reply timeout. */
    public <T extends @Nullable Object> T await(CompletionStage<T> answer) {
        return await(answer, Duration.ZERO);
    }

    /**
     * Waits for an answer.
     *
     * @param asked how long the server was asked to block
     * @throws RedisCommandExecutionException if the answer is an error
     * @throws RedisConnectionFailureException if there is no answer; the connection is closed
     */
    public <T extends @Nullable Object> T await(CompletionStage<T> answer, Duration asked) {
        try {
            return get(answer.toCompletableFuture(), asked.plus(replyTimeout).toNanos());
        } catch (TimeoutException failure) {
            throw silent(failure);
        }
    }

    /**
     * Sends a command whose reply may be large, and waits for it until aborted. The time limit is for progress: it starts
     * anew whenever a part of the reply arrives.
     *
     * @param asked how long the command asks the server to block
     * @param abort ends the wait when completed; the connection is then closed, unless the reply arrives after all
     * @return the reply, with nil if aborted
     * @throws RedisCommandExecutionException if the answer is an error
     * @throws RedisConnectionFailureException if there is no answer; the connection is closed
     */
    public RawReply read(
            ProtocolKeyword command, CommandArgs<byte[], byte[]> args, Duration asked, CompletableFuture<?> abort) {
        RawReply reply = new RawReply();
        return read(reply, commands.dispatch(command, reply, args).toCompletableFuture(), asked, abort);
    }

    /**
     * The same, and hands the reply over as soon as it is complete.
     *
     * @param arrived called on a thread of the client, which must not be blocked, before this method returns or, if the
     *     wait has ended, possibly later; not called for an error
     */
    public RawReply read(
            ProtocolKeyword command,
            CommandArgs<byte[], byte[]> args,
            Duration asked,
            CompletableFuture<?> abort,
            Consumer<RawReply> arrived) {
        RawReply reply = new RawReply();
        CompletableFuture<?> answer = commands.dispatch(command, reply, args)
                .thenRun(() -> arrived.accept(reply))
                .toCompletableFuture();
        return read(reply, answer, asked, abort);
    }

    private RawReply read(RawReply reply, CompletableFuture<?> answer, Duration asked, CompletableFuture<?> abort) {
        CompletableFuture<?> ended = CompletableFuture.anyOf(answer, abort);
        long deadline = System.nanoTime() + asked.plus(replyTimeout).toNanos();
        while (!ended.isDone()) {
            try {
                get(ended, deadline - System.nanoTime());
            } catch (TimeoutException failure) {
                long later = reply.lastArrival() + replyTimeout.toNanos();
                if (reply.lastArrival() == 0 || later - System.nanoTime() <= 0) {
                    throw silent(failure);
                }
                deadline = later;
            }
        }
        if (!answer.isDone()) {
            try {
                // An answer that is already on its way is still accepted.
                answer.get(ABORT_GRACE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException | InterruptedException givenUp) {
                close();
                return new RawReply();
            }
        }
        if (answer.isCompletedExceptionally()) {
            throw answer.handle((none, failure) -> translate(failure)).join();
        }
        return reply;
    }

    private <T extends @Nullable Object> T get(CompletableFuture<T> answer, long nanos) throws TimeoutException {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw translate(failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            close();
            throw new RedisConnectionFailureException("Interrupted while waiting for Redis", failure);
        }
    }

    private RedisConnectionFailureException silent(TimeoutException failure) {
        close();
        return new RedisConnectionFailureException("Redis did not answer in time", failure);
    }

    /**
     * Returns an error answer of the server as it is. Any other failure means that the connection is unusable: closes
     * it.
     */
    private RuntimeException translate(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RedisCommandExecutionException answer) {
            if (Failures.isElsewhere(answer)) {
                elsewhere.run();
            }
            return answer;
        }
        close();
        return new RedisConnectionFailureException("The connection to Redis was lost", cause);
    }

    /** Closes without waiting; unanswered commands fail. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connection.closeAsync();
        }
    }
}
