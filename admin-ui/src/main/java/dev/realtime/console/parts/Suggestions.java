package dev.realtime.console.parts;

import com.vaadin.flow.data.provider.Query;
import dev.realtime.console.api.AdminApi;
import dev.realtime.console.api.RefusedException;
import dev.realtime.console.api.ServiceAwayException;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.SocketPresence;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Completes typed text: suggests at most {@value #MOST} rooms or users that exist now. None while the service is
 * unavailable; fully typed values are accepted in any case.
 */
public final class Suggestions {

    private static final int MOST = 20;

    private final AdminApi api;
    private final ConsoleUser user;
    private final PageBudget budget = PageBudget.ofSession();

    /** Made under the session's lock. */
    public Suggestions(AdminApi api, ConsoleUser user) {
        this.api = api;
        this.user = user;
    }

    /** Rooms whose names contain the text. */
    public Stream<Room> rooms(Query<?, String> typed) {
        return rooms(typed, query(typed));
    }

    /** The rooms of cities whose names contain the text. */
    public Stream<Room> cities(Query<?, String> typed) {
        return rooms(typed, query(typed).with("kind", RoomKind.CITY.prefix()));
    }

    private Stream<Room> rooms(Query<?, String> typed, dev.realtime.console.api.Query query) {
        return first(typed, () -> {
            RoomStats found = api.rooms(user, query).data();
            return found.rooms() == null
                    ? List.of()
                    : found.rooms().stream().map(RoomStats.Occupancy::room).toList();
        });
    }

    /** Sockets of users who match the text, one per user. */
    public Stream<SocketPresence> users(Query<?, String> typed) {
        return first(typed, () -> {
            ConnectionStats found = api.connections(user, query(typed)).data();
            List<SocketPresence> sockets = found.connections();
            return sockets == null
                    ? List.of()
                    : sockets.stream()
                            .filter(socket -> sockets.stream()
                                            .filter(other -> other.userKey().equals(socket.userKey()))
                                            .findFirst()
                                            .orElseThrow()
                                    == socket)
                            .toList();
        });
    }

    private static dev.realtime.console.api.Query query(Query<?, String> typed) {
        return dev.realtime.console.api.Query.none()
                .with("text", typed.getFilter().orElse(""))
                .page(0, MOST);
    }

    private <T> Stream<T> first(Query<?, String> typed, Supplier<List<T>> source) {
        if (typed.getOffset() > 0) {
            return Stream.empty();
        }
        try {
            budget.take();
            return source.get().stream().limit(typed.getLimit());
        } catch (ServiceAwayException | RefusedException e) {
            return Stream.empty();
        }
    }
}
