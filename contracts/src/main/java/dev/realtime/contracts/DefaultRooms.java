package dev.realtime.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an event whose sender names none. The only definition of that rule: the gateway applies it, and other
 * programs can ask it beforehand.
 */
public final class DefaultRooms {

    private DefaultRooms() {}

    /**
     * The rooms of an event whose sender named none; at least one.
     *
     * @param member returns a member of the payload (a string or an integer) as text, or null if the payload lacks it.
     *     Called only for a call's {@code operatorId} and an order's {@code city} and id. A value that is missing or
     *     not a valid room name adds no room
     */
    public static List<Room> of(BroadcastEvent event, Function<String, @Nullable String> member) {
        return switch (event) {
            case NOTIFICATION, NOTIFICATION_RECALLED -> List.of(Room.EVERYONE);
            case USER_ONLINE, USER_OFFLINE, USER_STATUS, CALL_UNANSWERED -> List.of(Room.DIRECTORS);
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
            // Nobody can be in such a room, and an id of 200 digits is not a reason to refuse the event.
            return Optional.empty();
        }
    }
}
