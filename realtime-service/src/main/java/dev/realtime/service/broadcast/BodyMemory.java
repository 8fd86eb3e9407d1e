package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * The memory that all request bodies share. A body must be read before its token is known, so anybody can send one: many
 * at once must not fill the heap. Memory is taken as bytes come, so whoever only announces many of them takes nothing.
 */
@Component
final class BodyMemory {

    private final AtomicLong free;

    BodyMemory(BroadcastProperties properties) {
        this.free = new AtomicLong(properties.bodyMemory().toBytes());
    }

    /** A request's part of the memory, empty at first. */
    Share open() {
        return new Share();
    }

    /** How many bytes are left. */
    long free() {
        return free.get();
    }

    /** Gives back what it took when it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private long taken;

        private Share() {}

        /** @throws ProblemException with {@link ErrorCode#OVERLOADED} when there is not so much left */
        void take(int bytes) {
            if (free.addAndGet(-bytes) < 0) {
                free.addAndGet(bytes);
                throw new ProblemException(
                        ErrorCode.OVERLOADED, "Too many bodies are being read at the moment. Please try again.");
            }
            taken += bytes;
        }

        @Override
        public void close() {
            free.addAndGet(taken);
            taken = 0;
        }
    }
}
