package dev.realtime.benchmarks.load;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far a socket is in its room's order, and what it was given in another one. */
public final class Cursor {

    enum Verdict {
        IN_ORDER,
        LATE,
        AGAIN
    }

    private final RoomOrder order;
    private int next;
    /** Places that were jumped over; almost never any. */
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
            // New to the whole room: all that the others have and this one has not is behind it or lost.
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
