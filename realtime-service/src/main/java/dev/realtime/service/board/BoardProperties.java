package dev.realtime.service.board;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the board keeps, and what statuses mean. Statuses are compared without case; a status in none of the lists is
 * shown as it is and changes nothing else.
 *
 * @param answered the statuses of an answered call
 * @param missed the statuses of a call that nobody answered
 * @param closed the statuses of an order that is done
 * @param callsFor how long a call is kept without an event; 1m to 2d
 * @param ordersFor how long an open order is kept without an event; 1m to 60d
 * @param overFor how long ended calls and closed orders are kept, so that late events do not revive them; 1m to 2d
 * @param maxEntries the most calls and orders in all, and the most people: what is over goes first, then the entry
 *     without an event for the longest time; 100 to 1,000,000
 */
@ConfigurationProperties("realtime.board")
public record BoardProperties(
        @DefaultValue({"answered", "in_progress", "talking", "active"})
        List<String> answered,

        @DefaultValue({"missed", "no_answer", "busy", "cancelled"})
        List<String> missed,

        @DefaultValue({"done", "closed", "completed", "cancelled", "Готово", "Закрыт", "Отказ", "Отменён"})
        List<String> closed,

        @DefaultValue("4h") Duration callsFor,
        @DefaultValue("7d") Duration ordersFor,
        @DefaultValue("24h") Duration overFor,
        @DefaultValue("100000") int maxEntries) {

    public BoardProperties {
        answered = List.copyOf(answered);
        missed = List.copyOf(missed);
        closed = List.copyOf(closed);
        if (lower(answered).stream().anyMatch(lower(missed)::contains)) {
            throw new IllegalArgumentException(
                    "realtime.board.answered and realtime.board.missed must not have a status in common.");
        }
        check("calls-for", callsFor, Duration.ofDays(2));
        check("orders-for", ordersFor, Duration.ofDays(60));
        check("over-for", overFor, Duration.ofDays(2));
        if (maxEntries < 100 || maxEntries > 1_000_000) {
            throw new IllegalArgumentException(
                    "realtime.board.max-entries must be from 100 to 1000000, but is " + maxEntries + ".");
        }
    }

    private static void check(String name, Duration value, Duration most) {
        if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "realtime.board." + name + " must be from 1m to " + most.toDays() + "d, but is " + value + ".");
        }
    }

    /** A set of statuses that ignores case. */
    static final class Statuses {

        private final Set<String> lower;

        Statuses(Collection<String> statuses) {
            lower = lower(statuses);
        }

        boolean has(@Nullable String status) {
            return status != null && lower.contains(lower(status));
        }
    }

    private static Set<String> lower(Collection<String> statuses) {
        return statuses.stream().map(BoardProperties::lower).collect(Collectors.toUnmodifiableSet());
    }

    private static String lower(String status) {
        return status.strip().toLowerCase(Locale.ROOT);
    }
}
