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
 * Bounds the admin API's reads from Redis to {@value #AT_ONCE} at a time. Each read may hold several megabytes while
 * its answer is written, and reads must not take the heap away from the sockets. Further reads wait for one second and
 * are then refused.
 */
@Component
final class AdminReads {

    /** The size in Redis of one answer's entries, in bytes. */
    static final long BYTES = 1_000_000;

    /** How many bytes one request may read while it searches for matching entries. */
    static final long SCANNED_BYTES = 8_000_000;

    static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Semaphore free = new Semaphore(AT_ONCE, true);

    /**
     * Runs a read. Blocks; must not be called on an event loop.
     *
     * @throws ProblemException {@code overloaded} when too many reads are running, {@code backplane_unavailable} when
     *     Redis does not answer, or whatever the work throws
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
        return new ProblemException(ErrorCode.OVERLOADED, "Too many reads are in progress; please try again.");
    }
}
