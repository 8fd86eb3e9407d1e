package dev.realtime.service.backplane;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * How many events this instance has delivered, and how long the latest of them took: from Redis' taking one until it was
 * queued to the sockets. Of those of the last 10 s it knows the last {@value #MOST}, in a ring that never grows.
 *
 * <p>Redis' clock says when it took an event, and this machine's when it was queued. Where they differ, so does the
 * result; it is never negative. Thread-safe.
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

    /** One by another clock, which only says how old a note is. */
    EventLatency(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An event was delivered just now, and took so long. */
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
     * What so many of 100 events of the last 10 s did not exceed, in milliseconds; empty when there were none.
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
        // From the newest back: whatever is before one that is too old is older still.
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
