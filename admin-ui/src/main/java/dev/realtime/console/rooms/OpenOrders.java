package dev.realtime.console.rooms;

import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.Query;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomStats.Occupancy;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Open orders with events that nobody watches. An order that is closed needs nobody any more. */
public final class OpenOrders {

    /** The most rooms of one request. */
    private static final int MOST = 100;

    private static final int MOST_CLOSED = 1_000;

    private OpenOrders() {}

    /** The rooms of the orders, those with the latest event first. Sends at most two requests; call without the lock. */
    public static List<Room> unwatched(AdminApi api, ConsoleUser user, EventFeed feed) {
        List<Room> busy = feed.busyOrders(Instant.now()).stream().limit(MOST).toList();
        if (busy.isEmpty()) {
            return List.of();
        }
        Query query = Query.none().page(0, MOST);
        for (Room order : busy) {
            query = query.with("room", order);
        }
        Set<Room> empty =
                Objects.requireNonNullElse(api.rooms(user, query).data().rooms(), List.<Occupancy>of()).stream()
                        .filter(occupancy -> occupancy.members() == 0)
                        .map(Occupancy::room)
                        .collect(Collectors.toSet());
        if (empty.isEmpty()) {
            return List.of();
        }
        Set<String> closed = closed(api, user);
        return busy.stream()
                .filter(order -> empty.contains(order) && !closed.contains(order.name()))
                .toList();
    }

    /** The orders that were closed last. None while the board is being loaded. */
    private static Set<String> closed(AdminApi api, ConsoleUser user) {
        try {
            return api
                    .orders(
                            user,
                            Query.none()
                                    .with("closed", "true")
                                    .with("sort", "-statusSince")
                                    .page(0, MOST_CLOSED))
                    .rows()
                    .stream()
                    .map(order -> order.id().toString())
                    .collect(Collectors.toSet());
        } catch (RefusedException e) {
            if (e.is(ErrorCode.BOARD_NOT_READY)) {
                return Set.of();
            }
            throw e;
        }
    }
}
