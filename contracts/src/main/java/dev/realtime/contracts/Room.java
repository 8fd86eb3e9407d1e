package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A room: a named set of sockets that events are sent to. Its printed form is {@code operators}, {@code directors} or
 * {@code kind:name}, for example {@code city:Нижний Новгород}; at most {@value #MAX_LENGTH} characters (code points)
 * and {@value #MAX_BYTES} bytes in UTF-8.
 *
 * <p>Names are compared in Unicode's normalization form C, so that a name typed on one system meets the same name typed
 * on another.
 *
 * @param kind the room's kind
 * @param name the name within the kind; empty for kinds without names
 */
public record Room(RoomKind kind, String name) {

    /** The longest printed form, in characters. */
    public static final int MAX_LENGTH = 100;

    /** The longest printed form, in bytes of UTF-8. Bounds what a room costs wherever it is stored or sent. */
    public static final int MAX_BYTES = 256;

    public static final Room OPERATORS = new Room(RoomKind.OPERATORS, "");
    public static final Room DIRECTORS = new Room(RoomKind.DIRECTORS, "");
    public static final Room EVERYONE = new Room(RoomKind.EVERYONE, "");

    /** Checks the name; see {@link #parse(String)} for the rules. */
    public Room {
        if (kind.isNamed()) {
            name = Normalizer.normalize(name, Normalizer.Form.NFC);
            checkName(name);
            checkLength(kind.prefix() + ":" + name);
        } else if (!name.isEmpty()) {
            throw new InvalidRoomException(ErrorCode.ROOM_INVALID, "The room '" + kind.prefix() + "' takes no name.");
        }
    }

    public static Room city(String name) {
        return new Room(RoomKind.CITY, name);
    }

    public static Room operator(String id) {
        return new Room(RoomKind.OPERATOR, id);
    }

    public static Room order(String id) {
        return new Room(RoomKind.ORDER, id);
    }

    public static Room user(String id) {
        return new Room(RoomKind.USER, id);
    }

    /** The room of everybody with a role; empty if the role is not a valid room name. */
    public static Optional<Room> role(@Nullable String role) {
        try {
            return role == null ? Optional.empty() : Optional.of(new Room(RoomKind.ROLE, role));
        } catch (InvalidRoomException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a printed room.
     *
     * @throws InvalidRoomException with {@link ErrorCode#ROOM_UNKNOWN} for a kind that does not exist, and
     *     {@link ErrorCode#ROOM_INVALID} for an empty or too long name, one with control characters or unpaired
     *     surrogates, or with white space at its ends
     */
    @JsonCreator
    public static Room parse(String printed) {
        checkLength(printed);
        int colon = printed.indexOf(':');
        String prefix = colon < 0 ? printed : printed.substring(0, colon);
        RoomKind kind = RoomKind.of(prefix, colon >= 0)
                .orElseThrow(() -> new InvalidRoomException(
                        ErrorCode.ROOM_UNKNOWN,
                        "There is no such room; rooms are operators, directors, city:{name}, operator:{id}, order:{id}"
                                + " and user:{id}."));
        return new Room(kind, colon < 0 ? "" : printed.substring(colon + 1));
    }

    /** The printed form. */
    @JsonValue
    @Override
    public String toString() {
        return kind.isNamed() ? kind.prefix() + ":" + name : kind.prefix();
    }

    private static void checkLength(String printed) {
        // A code point is one or two chars: the cheap test comes first, so that a huge string costs nothing.
        if (printed.length() > 2 * MAX_LENGTH || printed.codePointCount(0, printed.length()) > MAX_LENGTH) {
            throw new InvalidRoomException(
                    ErrorCode.ROOM_INVALID, "A room's name has at most " + MAX_LENGTH + " characters.");
        }
        // A char is at most three bytes, so most names need no counting.
        if (printed.length() > MAX_BYTES / 3 && printed.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidRoomException(
                    ErrorCode.ROOM_INVALID, "A room's name has at most " + MAX_BYTES + " bytes in UTF-8.");
        }
    }

    private static void checkName(String name) {
        boolean unprintable = name.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        if (name.isBlank() || unprintable || !name.equals(name.strip())) {
            throw new InvalidRoomException(
                    ErrorCode.ROOM_INVALID,
                    "A room's name is not empty, has no control characters and no white space at its ends.");
        }
    }
}
