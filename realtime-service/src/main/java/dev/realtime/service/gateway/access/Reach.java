package dev.realtime.service.gateway.access;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.problem.ProblemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may know of: the events, calls and orders that went to any of some rooms, or all of them.
 *
 * @param rooms the rooms; null for all of them, which only a service or an administrator may have
 */
public record Reach(@Nullable Set<Room> rooms) {

    /** The most rooms that one request may name. */
    public static final int MOST_ROOMS = 100;

    private static final String PARAMETER = "rooms";

    public Reach {
        rooms = rooms == null ? null : Set.copyOf(rooms);
    }

    /**
     * A caller's reach: {@link #ofService} without a user, else {@link #ofUser}. Empty names are ignored.
     *
     * @throws ProblemException as these two
     */
    public static Reach of(@Nullable Identity user, List<String> names, AccessPolicy policy) {
        List<String> given =
                names.stream().filter(name -> name != null && !name.isEmpty()).toList();
        return user == null ? ofService(given) : ofUser(user, given, policy);
    }

    /**
     * A service's reach: the rooms it names, or all rooms.
     *
     * @throws ProblemException when a name is not a valid room, or there are too many
     */
    public static Reach ofService(List<String> names) {
        Set<Room> named = parse(names);
        return new Reach(named.isEmpty() ? null : named);
    }

    /**
     * A user's reach: the rooms they name, or those that their sockets are in from the start. Either way these are
     * rooms whose events a socket of the user could get live: the rooms they may join, {@code everyone}, and the room
     * of their own role.
     *
     * @throws ProblemException with {@link ErrorCode#ROOM_FORBIDDEN} for a room that the user may not be in, or when a
     *     name is not a valid room, or there are too many
     */
    public static Reach ofUser(Identity identity, List<String> names, AccessPolicy policy) {
        Set<Room> own = new LinkedHashSet<>(policy.roomsAtOnce(identity));
        own.add(Room.EVERYONE);
        Room.role(identity.role()).ifPresent(own::add);
        Set<Room> named = parse(names);
        for (Room room : named) {
            if (!own.contains(room) && !policy.mayJoin(identity, room)) {
                throw refused(ErrorCode.ROOM_FORBIDDEN, "This user may not be in the room " + room + ".");
            }
        }
        return new Reach(named.isEmpty() ? own : named);
    }

    /** Those of the rooms that the caller may know of; empty when what went to them is not for the caller. */
    public List<Room> of(List<Room> to) {
        Set<Room> wanted = rooms;
        return wanted == null ? to : to.stream().filter(wanted::contains).toList();
    }

    /** Whether the caller may know of what went to these rooms. */
    public boolean includes(List<Room> to) {
        Set<Room> wanted = rooms;
        return wanted == null || to.stream().anyMatch(wanted::contains);
    }

    private static Set<Room> parse(List<String> names) {
        Set<Room> rooms = new LinkedHashSet<>();
        for (String name : names) {
            try {
                rooms.add(Room.parse(name));
            } catch (InvalidRoomException e) {
                throw refused(e.code(), String.valueOf(e.getMessage()));
            }
        }
        if (rooms.size() > MOST_ROOMS) {
            throw refused(ErrorCode.VALIDATION_FAILED, "At most " + MOST_ROOMS + " rooms are allowed.");
        }
        return rooms;
    }

    private static ProblemException refused(ErrorCode code, String message) {
        return new ProblemException(code, message, List.of(new Problem.FieldError(PARAMETER, message)));
    }
}
