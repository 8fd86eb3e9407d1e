package dev.realtime.benchmarks.load;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket's position in its room's order, and its deliveries out of order. */
public final class Cursor {

    enum Verdict {
        IN_ORDER,
        LATE,
        AGAIN
    }

    private final RoomOrder order;
    private int next;
    /** Skipped places; almost always empty. */
    private @Nullable Set<Integer> skipped;

    Cursor(RoomOrder order) {
        this.order = order;
    }

    Verdict take(int event) {
        if (next < order.size() && order.at(next) == event) {
            next++;
            return Verdict.IN_ORDER;
        }
        int place = order.place(event);
        if (place < 0) {
            // The event is new to the whole room: what only the others have received is late or lost for this socket.
            place = order.size();
            order.append(event);
        }
        if (place < next) {
            return skipped != null && skipped.remove(place) ? Verdict.LATE : Verdict.AGAIN;
        }
        for (; next < place; next++) {
            if (skipped == null) {
                skipped = new HashSet<>();
            }
            skipped.add(next);
        }
        next++;
        return Verdict.IN_ORDER;
    }
}
