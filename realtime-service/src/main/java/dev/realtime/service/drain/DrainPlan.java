package dev.realtime.service.drain;

import dev.realtime.service.gateway.sockets.SocketState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Chooses the sockets that are asked to move now: one at a time, evenly spread over the whole time, the first at once.
 * The order is decided anew every second, among all sockets that are here by then. Each socket is asked once. Not
 * thread-safe.
 */
final class DrainPlan {

    private static final Duration RANKED_FOR = Duration.ofSeconds(1);

    private final Duration time;
    private final List<DrainOrder> orders;
    private final Set<String> asked = new HashSet<>();
    private final Deque<String> next = new ArrayDeque<>();
    private int total;
    private Duration rankedUntil = Duration.ZERO;

    /** A plan for sockets that are to be gone after {@code time}, which must be positive. */
    DrainPlan(Duration time, List<DrainOrder> orders) {
        this.time = time;
        this.orders = orders;
    }

    private record Place(String socketId, long[] keys) {}

    /**
     * Returns the sockets to ask now.
     *
     * @param elapsed the time since the beginning; never less than in the previous call
     * @param here the sockets that are here now, including those that were asked and are not gone yet
     */
    List<String> due(Duration elapsed, Supplier<List<SocketState>> here) {
        if (next.isEmpty() || elapsed.compareTo(rankedUntil) >= 0) {
            rank(elapsed, here.get());
        }
        List<String> due = new ArrayList<>();
        while (!next.isEmpty() && asked.size() < allowed(elapsed)) {
            String socketId = next.removeFirst();
            asked.add(socketId);
            due.add(socketId);
        }
        return due;
    }

    /** How many sockets may have been asked by then. */
    private long allowed(Duration elapsed) {
        return allowed(total, elapsed, time);
    }

    /** Returns how many of {@code total} may be gone by then, so that they go evenly and the first at once. */
    static long allowed(int total, Duration elapsed, Duration time) {
        return (long) ((double) total * elapsed.toNanos() / time.toNanos()) + 1;
    }

    private void rank(Duration elapsed, List<SocketState> here) {
        List<Place> places = new ArrayList<>(here.size());
        for (SocketState socket : here) {
            if (!asked.contains(socket.socketId())) {
                // Ranked once each, since what the orders look at changes during the sort.
                places.add(new Place(
                        socket.socketId(),
                        orders.stream().mapToLong(order -> order.place(socket)).toArray()));
            }
        }
        places.sort((one, other) -> Arrays.compare(one.keys, other.keys));
        total = asked.size() + places.size();
        rankedUntil = elapsed.plus(RANKED_FOR);
        next.clear();
        // Only the sockets that are due before the next ranking.
        long most = allowed(rankedUntil) - asked.size();
        places.stream().limit(Math.max(1, most)).map(Place::socketId).forEach(next::add);
    }
}
