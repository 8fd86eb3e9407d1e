package dev.realtime.service.board;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.realtime.contracts.Room;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call, an order or a person on the board. Immutable. */
public sealed interface Entry permits CallEntry, OrderEntry, PersonEntry {

    /**
     * The most rooms that are remembered of one entry. Events rarely name more than five; further rooms do not see the
     * entry.
     */
    int MOST_ROOMS = 32;

    /** The id as text: the number 17 and the string "17" are the same entry. */
    @JsonIgnore
    String key();

    /** The last event that changed the entry. */
    StreamId last();

    /** Whether it is over: an ended call, a closed order. It is kept for a time, since its events may come late. */
    @JsonIgnore
    boolean isOver();

    /** The rooms that its events went to. */
    List<Room> rooms();

    /** A member after an event: what the event gave, or if it came late, only what was not known yet. */
    static <T> @Nullable T merged(boolean late, @Nullable T given, @Nullable T known) {
        return given == null || (late && known != null) ? known : given;
    }

    /** Both lists of rooms, without duplicates. */
    static List<Room> union(List<Room> known, List<Room> more) {
        if (known.containsAll(more)) {
            return known;
        }
        Set<Room> all = new LinkedHashSet<>(known);
        all.addAll(more);
        return all.stream().limit(MOST_ROOMS).toList();
    }
}
