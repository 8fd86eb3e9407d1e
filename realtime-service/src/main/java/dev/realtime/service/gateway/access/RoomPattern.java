package dev.realtime.service.gateway.access;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.service.identity.Identity;
import java.util.Arrays;
import java.util.List;

/** A set of rooms, written as a pattern in the configuration. */
sealed interface RoomPattern {

    /** Whether the pattern matches the room for this identity. */
    boolean matches(Room room, Identity identity);

    /** The rooms of the pattern, if they can be listed. */
    List<Room> rooms(Identity identity);

    /** Whether {@link #rooms} can list the rooms; a pattern such as "every order" cannot. */
    default boolean isCountable() {
        return true;
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException if the text is not a pattern; the message says which texts are
     */
    static RoomPattern parse(String text) {
        if (text.equals("*")) {
            return new Every();
        }
        int colon = text.indexOf(':');
        if (colon > 0) {
            RoomKind kind = kind(text.substring(0, colon), text);
            switch (text.substring(colon + 1)) {
                case "*" -> {
                    return new Kind(kind);
                }
                case "{id}" -> {
                    return new Own(kind);
                }
                case "{cities}" -> {
                    if (kind != RoomKind.CITY) {
                        throw new IllegalArgumentException("'" + text + "': {cities} is allowed only after city:");
                    }
                    return new Cities();
                }
                default -> {}
            }
        }
        return new One(Room.parse(text));
    }

    private static RoomKind kind(String prefix, String text) {
        return Arrays.stream(RoomKind.values())
                .filter(kind -> kind.isNamed() && kind.prefix().equals(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' does not begin with a kind of room"));
    }

    /** Rooms that cannot be listed. */
    sealed interface Uncountable extends RoomPattern {

        @Override
        default List<Room> rooms(Identity identity) {
            return List.of();
        }

        @Override
        default boolean isCountable() {
            return false;
        }
    }

    record Every() implements Uncountable {

        @Override
        public boolean matches(Room room, Identity identity) {
            return true;
        }
    }

    /** Every room of a kind. */
    record Kind(RoomKind kind) implements Uncountable {

        @Override
        public boolean matches(Room room, Identity identity) {
            return room.kind() == kind;
        }
    }

    /** The identity's own room of a kind. */
    record Own(RoomKind kind) implements RoomPattern {

        @Override
        public boolean matches(Room room, Identity identity) {
            return rooms(identity).contains(room);
        }

        @Override
        public List<Room> rooms(Identity identity) {
            return List.of(new Room(kind, identity.userKey()));
        }
    }

    /** The cities in the token; on request, every city if the token names none. */
    record Cities() implements RoomPattern {

        @Override
        public boolean matches(Room room, Identity identity) {
            return room.kind() == RoomKind.CITY
                    && (identity.cities().isEmpty() || identity.cities().contains(room.name()));
        }

        @Override
        public List<Room> rooms(Identity identity) {
            return identity.cities().stream().map(Room::city).toList();
        }
    }

    record One(Room room) implements RoomPattern {

        @Override
        public boolean matches(Room candidate, Identity identity) {
            return room.equals(candidate);
        }

        @Override
        public List<Room> rooms(Identity identity) {
            return List.of(room);
        }
    }
}
