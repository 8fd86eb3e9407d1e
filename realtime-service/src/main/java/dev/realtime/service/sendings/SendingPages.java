package dev.realtime.service.sendings;

import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.cluster.ClusterClock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads sendings in pages. Waits for Redis, and throws {@link org.springframework.dao.DataAccessException} when it does not
 * answer.
 */
@Component
public final class SendingPages {

    /** How many ids are read at once when a page is looked for. */
    private static final int PART = 200;

    /** How many sendings are looked at for one page. */
    private static final int SEARCHED = 2_000;

    private final SendingStore store;
    private final ClusterClock clock;

    SendingPages(SendingStore store, ClusterClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A part of all sendings.
     *
     * @param sendings newest first
     * @param before where older ones follow; null if there are none
     */
    public record Part(
            List<SendingEntry> sendings, @Nullable String before) {

        public Part {
            sendings = List.copyOf(sendings);
        }
    }

    /**
     * Returns the newest sendings before one.
     *
     * @param before its id, exclusive; null for the newest of all
     * @param states only those in one of these states; empty for all
     * @param most how many, 1 or more
     * @param bytes how many bytes of them; the last one may exceed this. At most {@value #SEARCHED} are looked at
     */
    public Part before(@Nullable String before, Set<SendingState> states, int most, long bytes) {
        Set<SendingState> wanted = states.isEmpty() ? EnumSet.allOf(SendingState.class) : states;
        List<SendingEntry> found = new ArrayList<>();
        String last = before;
        long taken = 0;
        int seen = 0;
        while (true) {
            List<String> ids = store.idsBefore(last, PART);
            for (String id : ids) {
                if (found.size() == most || taken >= bytes || seen == SEARCHED) {
                    return new Part(found, last);
                }
                last = id;
                seen++;
                SendingEntry entry = store.find(id);
                if (entry != null && wanted.contains(entry.state(clock.millis()))) {
                    found.add(entry);
                    taken += entry.payload().length();
                }
            }
            if (ids.size() < PART) {
                return new Part(found, null);
            }
        }
    }
}
