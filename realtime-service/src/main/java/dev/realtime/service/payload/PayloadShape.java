package dev.realtime.service.payload;

import static dev.realtime.service.payload.FieldType.ANYTHING;
import static dev.realtime.service.payload.FieldType.ID;
import static dev.realtime.service.payload.FieldType.NUMBER;
import static dev.realtime.service.payload.FieldType.SEVERITY;
import static dev.realtime.service.payload.FieldType.TEXT;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What we know about the payloads of each event: the types of their members, and who gets them by default. */
final class PayloadShape {

    private static final Map<String, FieldType> CALL = Map.of(
            "id", ID,
            "phoneClient", TEXT,
            "phoneAts", TEXT,
            "operatorId", ID,
            "status", TEXT,
            "duration", NUMBER,
            "recordingPath", TEXT);

    private static final Map<String, FieldType> ORDER =
            Map.of("id", ID, "clientName", TEXT, "city", TEXT, "masterId", ID, "statusOrder", TEXT);

    private static final Map<String, FieldType> MASTER_ASSIGNED =
            Map.of("orderId", ID, "masterId", ID, "masterName", TEXT);

    private static final Map<String, FieldType> STATUS_CHANGED =
            Map.of("orderId", ID, "oldStatus", TEXT, "newStatus", TEXT);

    private static final Map<String, FieldType> NOTIFICATION =
            Map.of("type", TEXT, "message", TEXT, "severity", SEVERITY, "data", ANYTHING, "timestamp", TEXT);

    private static final Map<String, FieldType> PRESENCE = Map.of("userId", ID, "name", TEXT, "role", TEXT);

    private PayloadShape() {}

    /** The members we know, by name; all others are the sender's affair. */
    static Map<String, FieldType> fields(BroadcastEvent event) {
        return switch (event) {
            case CALL_NEW, CALL_UPDATED, CALL_ENDED -> CALL;
            case ORDER_NEW, ORDER_UPDATED -> ORDER;
            case ORDER_MASTER_ASSIGNED -> MASTER_ASSIGNED;
            case ORDER_STATUS_CHANGED -> STATUS_CHANGED;
            case NOTIFICATION -> NOTIFICATION;
            case USER_ONLINE, USER_OFFLINE -> PRESENCE;
        };
    }

    /** To whom an event goes when its sender does not say. What is missing in the payload is skipped. */
    static List<Room> defaultRooms(BroadcastEvent event, Map<String, String> texts) {
        if (event == BroadcastEvent.NOTIFICATION) {
            return List.of(Room.EVERYONE);
        }
        if (event == BroadcastEvent.USER_ONLINE || event == BroadcastEvent.USER_OFFLINE) {
            return List.of(Room.DIRECTORS);
        }
        List<Room> rooms = new ArrayList<>(List.of(Room.OPERATORS, Room.DIRECTORS));
        if (event.isCall()) {
            room(RoomKind.OPERATOR, texts, "operatorId").ifPresent(rooms::add);
        } else {
            room(RoomKind.CITY, texts, "city").ifPresent(rooms::add);
            room(RoomKind.ORDER, texts, event.requiredField()).ifPresent(rooms::add);
        }
        return rooms;
    }

    private static Optional<Room> room(RoomKind kind, Map<String, String> texts, String field) {
        String name = texts.getOrDefault(field, "").strip();
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(new Room(kind, name));
        } catch (InvalidRoomException e) {
            // No room can have such a name, so nobody is in it: an id of 200 digits is no reason to refuse the event.
            return Optional.empty();
        }
    }
}
