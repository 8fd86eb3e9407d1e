package dev.realtime.service.presence;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of sockets in an owner's hash: one field for what stays, and one for each thing that changes, so that a
 * change writes one small field. For the socket with reference {@code 1a}:
 *
 * <pre>
 * 1a              the socket without its rooms and its queue, JSON
 * 1a:order:4711   a room that the socket is in; the value gives the order in which its rooms were joined
 * 1a=transport    its transport, if it has changed since the connect
 * 1a=queue        the step of its queued bytes
 * </pre>
 */
@Component
final class SocketFields {

    private static final Logger log = LoggerFactory.getLogger(SocketFields.class);

    private static final int RADIX = 36;
    private static final char ROOM = ':';
    private static final String TRANSPORT = "=transport";
    private static final String QUEUE = "=queue";

    private final JsonMapper json;

    SocketFields(JsonMapper json) {
        this.json = json;
    }

    /** The reference of an instance's nth socket: digits and letters. */
    static String reference(long number) {
        return Long.toString(number, RADIX);
    }

    static String room(String reference, Room room) {
        return reference + ROOM + room;
    }

    static String transport(String reference) {
        return reference + TRANSPORT;
    }

    static String queue(String reference) {
        return reference + QUEUE;
    }

    /** The value of the socket's main field. */
    String identity(SocketPresence socket) {
        return json.writeValueAsString(socket.with(List.of(), socket.transport(), null));
    }

    /**
     * Reads sockets, by their references. Skips what cannot be read.
     *
     * @param fields the hash's fields and values, alternating
     */
    Map<String, SocketPresence> read(List<?> fields) {
        Map<String, Parts> sockets = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            String field = String.valueOf(fields.get(i));
            String value = String.valueOf(fields.get(i + 1));
            int end = endOfReference(field);
            Parts parts = sockets.computeIfAbsent(field.substring(0, end), unused -> new Parts());
            try {
                take(parts, field.substring(end), value);
            } catch (JacksonException | IllegalArgumentException e) {
                log.warn("Ignoring a field of an instance's sockets in Redis: it cannot be read");
            }
        }
        Map<String, SocketPresence> read = new HashMap<>();
        sockets.forEach((reference, parts) -> {
            SocketPresence socket = parts.whole();
            if (socket != null) {
                read.put(reference, socket);
            }
        });
        return read;
    }

    /** May throw an {@link InvalidRoomException} or a {@link NumberFormatException}. */
    private void take(Parts parts, String rest, String value) {
        if (rest.isEmpty()) {
            parts.identity = json.readValue(value, SocketPresence.class);
        } else if (rest.charAt(0) == ROOM) {
            parts.rooms.put(Room.parse(rest.substring(1)), Long.parseLong(value));
        } else if (rest.equals(TRANSPORT)) {
            parts.transport = value;
        } else if (rest.equals(QUEUE)) {
            parts.queue = Long.parseLong(value);
        }
    }

    private static int endOfReference(String field) {
        int end = 0;
        while (end < field.length() && Character.digit(field.charAt(end), RADIX) >= 0) {
            end++;
        }
        return end;
    }

    private static final class Parts {

        private @Nullable SocketPresence identity;
        private final Map<Room, Long> rooms = new HashMap<>();
        private @Nullable String transport;
        private @Nullable Long queue;

        @Nullable
        SocketPresence whole() {
            SocketPresence known = identity;
            if (known == null) {
                return null;
            }
            List<Room> ordered = new ArrayList<>(rooms.keySet());
            ordered.sort(Comparator.comparing(rooms::get));
            return known.with(ordered, transport == null ? known.transport() : transport, queue);
        }
    }
}
