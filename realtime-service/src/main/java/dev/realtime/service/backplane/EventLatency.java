package dev.realtime.service.backplane;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Counts the events that this instance has delivered, and measures how long the latest of them took, from Redis
 * accepting an event until the event was queued to the sockets. Of the last 10 s it keeps at most {@value #MOST}
 * events, in a ring of fixed size.
 *
 * <p>Redis' clock says when Redis accepted an event, this machine's clock when it was queued. A difference between the
 * clocks goes into the result, which is never negative. Thread-safe.
 */
@Component
public final class EventLatency {

    static final int MOST = 4_096;

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double MICROS_PER_MILLI = 1_000;

    private final LongSupplier nanoTime;
    private final long[] notedAt = new long[MOST];
    private final long[] micros = new long[MOST];
    private long events;

    @Autowired
    EventLatency() {
        this(System::nanoTime);
    }

    /** Uses another clock to tell how old a measurement is. */
    EventLatency(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records an event that was delivered just now, and how long it took. */
    synchronized void note(Duration took) {
        int place = (int) (events % MOST);
        notedAt[place] = nanoTime.getAsLong();
        micros[place] = Math.max(0, took.toNanos() / 1_000);
        events++;
    }

    /** How many events were delivered since the start. */
    public synchronized long events() {
        return events;
    }

    /**
     * Returns a percentile over the events of the last 10 s, in milliseconds; empty when there were none.
     *
     * @param percent 1 to 100
     */
    public OptionalDouble percentile(int percent) {
        long[] recent = recent();
        if (recent.length == 0) {
            return OptionalDouble.empty();
        }
        Arrays.sort(recent);
        int rank = (int) Math.ceilDiv((long) recent.length * percent, 100L);
        return OptionalDouble.of(recent[rank - 1] / MICROS_PER_MILLI);
    }

    private synchronized long[] recent() {
        long now = nanoTime.getAsLong();
        int known = (int) Math.min(events, MOST);
        int recent = 0;
        long[] found = new long[known];
        // From the newest backwards: everything before one that is too old is older still.
        while (recent < known) {
            int place = (int) ((events - 1 - recent) % MOST);
            if (now - notedAt[place] > WINDOW_NANOS) {
                break;
            }
            found[recent++] = micros[place];
        }
        return Arrays.copyOf(found, recent);
    }
}
