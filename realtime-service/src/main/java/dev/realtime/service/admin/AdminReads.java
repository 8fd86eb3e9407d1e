package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * What the admin API reads back from Redis, {@value #AT_ONCE} at once: each may hold some megabytes while it is answered, and
 * together they must not take the heap from the sockets. Further ones wait for a second and are then refused.
 */
@Component
final class AdminReads {

    /** How many bytes the entries of one answer have in Redis. */
    static final long BYTES = 1_000_000;

    /** How many bytes one request reads while it looks for entries that fit. */
    static final long SCANNED_BYTES = 8_000_000;

    static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /**
     * Reads. Waits; must not be called on an event loop.
     *
     * @throws ProblemException {@code overloaded} when too many others read, {@code backplane_unavailable} when Redis does
     *     not answer, or as the work throws it
     */
    <T> T read(Supplier<T> work) {
        try {
            if (!free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } catch (DataAccessException e) {
            throw Audited.unavailable(e);
        } finally {
            free.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(ErrorCode.OVERLOADED, "Too many others are reading; please try again.");
    }
}
