package dev.realtime.console.connections;

import com.vaadin.flow.router.QueryParameters;
import dev.realtime.console.api.Query;
import dev.realtime.console.parts.Address;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Selects sockets by the service's parameters; empty values are left out. */
record ConnectionFilter(Map<String, String> values) {

    static final String TEXT = "text";
    static final String ROLE = "role";
    static final String ROOM = "room";
    static final String INSTANCE = "instance";
    static final String TRANSPORT = "transport";

    /** Parameters without a field: they come from links and are shown as tags. */
    static final List<String> BY_LINK = List.of("user", "address", "without");

    private static final List<String> ALL =
            List.of(TEXT, ROLE, ROOM, INSTANCE, TRANSPORT, BY_LINK.get(0), BY_LINK.get(1), BY_LINK.get(2));

    static final ConnectionFilter NONE = new ConnectionFilter(Map.of());

    ConnectionFilter {
        values = Map.copyOf(values);
    }

    static ConnectionFilter of(QueryParameters parameters) {
        ConnectionFilter filter = NONE;
        for (String name : ALL) {
            filter = filter.with(name, Address.value(parameters, name));
        }
        return filter;
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    ConnectionFilter with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(values);
        if (value.isBlank()) {
            other.remove(name);
        } else {
            other.put(name, value.strip());
        }
        return new ConnectionFilter(other);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Whether the room is invalid, so that the service would refuse it. */
    boolean hasWrongRoom() {
        return !value(ROOM).isEmpty() && !isRoom(value(ROOM));
    }

    /** The query for the service; an invalid room is left out. */
    Query query() {
        Query query = Query.none();
        for (String name : ALL) {
            if (!name.equals(ROOM) || !hasWrongRoom()) {
                query = query.with(name, value(name));
            }
        }
        return query;
    }

    /** The parameters of the address, in a fixed order. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        ALL.forEach(name -> parameters.put(name, value(name)));
        return parameters;
    }

    private static boolean isRoom(String printed) {
        try {
            Room.parse(printed);
            return true;
        } catch (InvalidRoomException e) {
            return false;
        }
    }
}
