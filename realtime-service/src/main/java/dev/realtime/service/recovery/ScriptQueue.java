package dev.realtime.service.recovery;

import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.service.redis.RedisRefusals;
import dev.realtime.service.redis.RedisRefusals.Use;
import dev.realtime.service.redis.RedisWatch;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Sends scripts to Redis in the order in which they are submitted. Only one batch is in flight, and scripts submitted
 * meanwhile form the next batch, so that a thousand concurrent clients cost a few round trips.
 *
 * <p>Bounded: while {@link #MOST_WAITING} scripts wait, or Redis is known to be unavailable, a new script fails immediately. A
 * script whose submitter has stopped waiting is not sent. A script that was sent may run even though its submitter was
 * told that Redis did not answer.
 */
@Component
final class ScriptQueue implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ScriptQueue.class);

    /** A script with its arguments takes about 500 bytes. */
    static final int MOST_WAITING = 10_000;

    /** Maximum number of scripts in a batch. */
    private static final int BATCH = 512;

    private static final RedisScript<Long> NOTHING = RedisScript.of("return 0", Long.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(3);
    private static final Duration END_PATIENCE = Duration.ofSeconds(1);

    private final BooleanSupplier redisIsUp;
    private final RedisRefusals refusals;
    private final BlockingQueue<ScriptCall> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile @Nullable Thread thread;

    // The fields below belong to the sending thread: the connection, and whether Redis refused a script of the last
    // batch.
    private final ScriptConnection connection;
    private boolean refused;

    @Autowired
    ScriptQueue(RedisConnectionFactory connections, RedisWatch watch, RedisRefusals refusals) {
        this(connections, watch::isUp, refusals);
    }

    ScriptQueue(RedisConnectionFactory connections, BooleanSupplier redisIsUp, RedisRefusals refusals) {
        this.connection = new ScriptConnection(connections);
        this.redisIsUp = redisIsUp;
        this.refusals = refusals;
    }

    /** False if Redis is known to be unavailable. Never waits. */
    boolean isUp() {
        return redisIsUp.getAsBoolean();
    }

    /**
     * Submits a script. Never waits.
     *
     * @param keys Redis keys, all in one slot
     * @return the answer: a {@link Long} or a list of byte arrays; fails with a {@link DataAccessException}
     */
    CompletableFuture<Object> submit(RedisScript<?> script, List<String> keys, List<String> arguments) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        if (!isUp()) {
            answer.completeExceptionally(new RedisConnectionFailureException("Redis is unavailable"));
        } else if (!waiting.offer(ScriptCall.of(script, keys, arguments, answer))) {
            answer.completeExceptionally(new RedisConnectionFailureException(
                    MOST_WAITING + " session changes are already waiting for Redis"));
        }
        return answer;
    }

    /**
     * Waits at most 2 s for an answer.
     *
     * @throws DataAccessException if Redis does not answer, or refuses
     */
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new QueryTimeoutException("Redis did not answer within " + PATIENCE, e);
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted while waiting for Redis", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataAccessException failure) {
                throw failure;
            }
            throw new RedisSystemException("A session's script failed", e.getCause());
        }
    }

    private void run() {
        List<ScriptCall> batch = new ArrayList<>(BATCH);
        try {
            while (Thread.currentThread() == thread || !waiting.isEmpty()) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                batch.removeIf(call -> call.answer().isDone());
                if (!batch.isEmpty()) {
                    perform(batch);
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            log.debug("Ended", e);
        } finally {
            connection.close();
        }
    }

    private void perform(List<ScriptCall> batch) {
        refused = false;
        try {
            List<ScriptCall> unknown = answer(batch, connection.send(batch, false), true);
            if (!unknown.isEmpty()) {
                // Redis has restarted, or has never loaded these scripts.
                answer(unknown, connection.send(unknown, true), false);
            }
            if (!refused) {
                refusals.cleared(Use.SESSIONS);
            }
        } catch (RuntimeException e) {
            log.debug("{} session changes failed", batch.size(), e);
            refusals.note(Use.SESSIONS, e);
            // Scripts that are not sent yet must not run after their submitters were told that they failed.
            connection.close();
            DataAccessException failure = e instanceof DataAccessException data
                    ? data
                    : new RedisConnectionFailureException("Redis does not answer", e);
            batch.forEach(call -> call.answer().completeExceptionally(failure));
        }
    }

    /** Waits for the answers and completes the calls. Returns the calls whose script Redis does not know. */
    private List<ScriptCall> answer(List<ScriptCall> batch, List<RedisFuture<Object>> answers, boolean mayBeUnknown) {
        long until = System.nanoTime() + BATCH_PATIENCE.toNanos();
        List<ScriptCall> unknown = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            ScriptCall call = batch.get(i);
            try {
                call.answer().complete(answers.get(i).get(until - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                throw new QueryTimeoutException("Redis did not answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new QueryTimeoutException("Interrupted while waiting for Redis", e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RedisCommandExecutionException refusal)) {
                    throw new RedisConnectionFailureException("Redis does not answer", e.getCause());
                }
                if (mayBeUnknown && refusal instanceof RedisNoScriptException) {
                    unknown.add(call);
                } else {
                    refuse(call, refusal);
                }
            }
        }
        return unknown;
    }

    private void refuse(ScriptCall call, RedisCommandExecutionException refusal) {
        refused = true;
        if (refusals.note(Use.SESSIONS, refusal) == RedisRefusal.READ_ONLY) {
            // Another server is the master now.
            connection.close();
        }
        call.answer().completeExceptionally(new RedisSystemException("Redis refuses a session change", refusal));
    }

    @Override
    public void start() {
        Thread sending = Thread.ofPlatform().daemon().name("sessions").unstarted(this::run);
        thread = sending;
        sending.start();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Stops late, after the last sockets have parked their sessions. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public void stop() {
        Thread sending = thread;
        thread = null;
        if (sending == null) {
            return;
        }
        // Wakes the thread; the waiting scripts are sent first.
        waiting.offer(ScriptCall.of(NOTHING, List.of(), List.of(), CompletableFuture.completedFuture(NOTHING)));
        try {
            if (!sending.join(END_PATIENCE)) {
                sending.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
