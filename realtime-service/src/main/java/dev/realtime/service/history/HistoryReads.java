package dev.realtime.service.history;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.redis.RedisRefusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Bounds how many parts of the history are read at the same time: {@value #AT_ONCE}, of which {@value #EACH} for one
 * caller. Each read holds up to a megabyte of payloads while its answer is written, and reads must not take the heap
 * away from the sockets. Further reads wait for a second and are then refused; reads beyond one caller's share are
 * refused at once.
 */
@Component
final class HistoryReads {

    static final int AT_ONCE = 8;

    static final int EACH = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /** How many reads each caller has running or waiting; callers without any are absent. Guarded by itself. */
    private final Map<String, Integer> callers = new HashMap<>();

    /**
     * Runs a read. May block; must not be called on an event loop.
     *
     * @param caller who asks: a user or a service
     * @param before runs first, and outside the bound of concurrent reads
     * @param work receives the result of {@code before}
     * @throws ProblemException {@code overloaded} when too many reads are running, one of the codes that begin with
     *     {@code backplane} when Redis does not answer or refuses, or whatever the work throws
     */
    <S, T> T read(String caller, Supplier<S> before, Function<S, T> work) {
        enter(caller);
        try {
            S found = before.get();
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy("Too many reads are in progress; please try again.");
            }
            try {
                return work.apply(found);
            } finally {
                free.release();
            }
        } catch (DataAccessException e) {
            throw new ProblemException(
                    RedisRefusal.codeOf(e), RedisRefusal.reasonOf(e) + "; nothing was read. Please try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("This instance is shutting down; please try again.");
        } finally {
            leave(caller);
        }
    }

    private void enter(String caller) {
        synchronized (callers) {
            int now = callers.merge(caller, 1, Integer::sum);
            if (now > EACH) {
                leave(caller);
                throw busy("A caller may have at most " + EACH + " history requests in progress; please try again.");
            }
        }
    }

    private void leave(String caller) {
        synchronized (callers) {
            callers.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    private static ProblemException busy(String message) {
        return new ProblemException(ErrorCode.OVERLOADED, message);
    }
}
