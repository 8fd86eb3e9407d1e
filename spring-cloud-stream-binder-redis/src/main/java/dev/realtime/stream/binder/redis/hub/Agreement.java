package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.RedisLink;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Compares the streams of a hub with the server between two reads, all in one round trip, and gives back those that do
 * not agree, that Redis refuses, or that are too busy to be shared. Used on the hub's thread.
 */
final class Agreement {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * Each reply costs a read of all the streams, so a stream that has more of them in an interval is cheaper with a
     * connection of its own.
     */
    private static final int BUSY = 100;

    private final ReadHub hub;

    Agreement(ReadHub hub) {
        this.hub = hub;
    }

    /** Checks the streams that were not checked for a while. */
    void check(RedisLink link, Collection<Seat> seats) {
        List<Seat> due = seats.stream().filter(seat -> seat.isDue(INTERVAL)).toList();
        if (due.isEmpty()) {
            return;
        }
        // Before the read, not after it: entries that were read and then trimmed are not a gap.
        Duration sinceRead = Duration.ofNanos(System.nanoTime() - hub.answeredAt());
        ask(link, due).forEach((seat, question) -> {
            boolean busy = seat.checked() > BUSY;
            if (!agrees(() -> question.agrees(seat.position(), sinceRead)) || busy) {
                hub.seats().release(seat, true);
            }
        });
    }

    /** Checks all streams after a reconnect. */
    void checkAgain(RedisLink link, Collection<Seat> seats) {
        ask(link, seats).forEach((seat, question) -> {
            seat.checked();
            if (agrees(() -> question.agreesAgain(seat.position()))) {
                seat.reconnected();
            } else {
                hub.seats().release(seat, true);
            }
        });
    }

    private static Map<Seat, Watch.Question> ask(RedisLink link, Collection<Seat> seats) {
        Map<Seat, Watch.Question> asked = new LinkedHashMap<>();
        seats.forEach(seat -> asked.put(seat, seat.watch().ask(link)));
        return asked;
    }

    private static boolean agrees(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RedisCommandExecutionException refused) {
            // The stream's own thread meets the same answer and tells it.
            return false;
        }
    }
}
