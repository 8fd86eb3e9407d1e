package dev.realtime.service.board.announce;

import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.board.Board;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Whether this instance's board has seen everything in the stream. An instance that was cut off or frozen for minutes
 * would otherwise tell again what the others told meanwhile, after the idempotence keys have expired.
 */
@Component
final class UpToDate implements BooleanSupplier {

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Board board;
    private final StreamHistory history;

    UpToDate(Board board, StreamHistory history) {
        this.board = board;
        this.history = history;
    }

    /**
     * Waits for Redis, and a little for the board.
     *
     * @return whether the board has seen what was in the stream at the time of the call
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    @Override
    public boolean getAsBoolean() {
        StreamId newest =
                StreamId.parse(history.edges(StreamHeaders.EVENTS_DESTINATION).last());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!board.hasSeen(newest)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
