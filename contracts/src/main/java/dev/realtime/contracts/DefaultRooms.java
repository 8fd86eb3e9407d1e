package dev.realtime.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * To whom an event goes when its sender names no rooms: the one place that says so, for the gateway and for whoever wants
 * to know it beforehand.
 */
public final class DefaultRooms {

    private DefaultRooms() {}

    /**
     * The rooms of an event whose sender named none; at least one.
     *
     * @param member the payload's string or integer of a name, as text; null where there is none. Asked for a call's
     *     {@code operatorId}, for an order's {@code city} and id, and for nothing else. What is missing, or cannot be a
     *     room's name, has no room
     */
    public static List<Room> of(BroadcastEvent event, Function<String, @Nullable String> member) {
        return switch (event) {
            case NOTIFICATION -> List.of(Room.EVERYONE);
            case USER_ONLINE, USER_OFFLINE -> List.of(Room.DIRECTORS);
            case CALL_NEW, CALL_UPDATED, CALL_ENDED ->
                withStaff(room(RoomKind.OPERATOR, member.apply("operatorId")), Optional.empty());
            case ORDER_NEW, ORDER_UPDATED ->
                withStaff(
                        room(RoomKind.CITY, member.apply("city")),
                        room(RoomKind.ORDER, member.apply(event.requiredField())));
            case ORDER_MASTER_ASSIGNED, ORDER_STATUS_CHANGED ->
                withStaff(Optional.empty(), room(RoomKind.ORDER, member.apply(event.requiredField())));
        };
    }

    private static List<Room> withStaff(Optional<Room> first, Optional<Room> second) {
        List<Room> rooms = new ArrayList<>(List.of(Room.OPERATORS, Room.DIRECTORS));
        first.ifPresent(rooms::add);
        second.ifPresent(rooms::add);
        return List.copyOf(rooms);
    }

    private static Optional<Room> room(RoomKind kind, @Nullable String text) {
        String name = text == null ? "" : text.strip();
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(new Room(kind, name));
        } catch (InvalidRoomException e) {
            // Nobody can be in it: an id of 200 digits is no reason to refuse the event.
            return Optional.empty();
        }
    }
}
