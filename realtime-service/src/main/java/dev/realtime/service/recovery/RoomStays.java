package dev.realtime.service.recovery;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that a session was in, each with the positions between which it was. A replay uses these stays, never the
 * current rooms.
 *
 * <p>In Redis, a room's stays are {@code joined[:left],joined[:left]…}: a stay has the events after {@code joined}, up
 * to and including {@code left}; an open stay has all later events. An empty {@code joined} stands for the session's
 * birth.
 */
public final class RoomStays {

    private final StreamId birth;
    private final Map<Room, List<Stay>> byRoom;

    private RoomStays(StreamId birth, Map<Room, List<Stay>> byRoom) {
        this.birth = birth;
        this.byRoom = byRoom;
    }

    private record Stay(StreamId joined, @Nullable StreamId left) {

        boolean has(StreamId event) {
            return event.compareTo(joined) > 0 && (left == null || event.compareTo(left) <= 0);
        }
    }

    /** The stays of a session that begins in these rooms, which include the room of its role. */
    public static RoomStays begun(StreamId birth, Collection<Room> rooms) {
        Map<Room, List<Stay>> byRoom = new HashMap<>();
        rooms.forEach(room -> byRoom.put(room, List.of(new Stay(birth, null))));
        return new RoomStays(birth, byRoom);
    }

    /** Parses the stays from Redis, by room. */
    static RoomStays parse(StreamId birth, Map<Room, String> texts) {
        Map<Room, List<Stay>> byRoom = new HashMap<>();
        texts.forEach((room, text) -> byRoom.put(room, stays(birth, text)));
        return new RoomStays(birth, byRoom);
    }

    private static List<Stay> stays(StreamId birth, String text) {
        List<Stay> stays = new ArrayList<>(1);
        for (String stay : text.split(",", -1)) {
            int colon = stay.indexOf(':');
            String joined = colon < 0 ? stay : stay.substring(0, colon);
            stays.add(new Stay(
                    joined.isEmpty() ? birth : StreamId.parse(joined),
                    colon < 0 ? null : StreamId.parse(stay.substring(colon + 1))));
        }
        return stays;
    }

    /** Whether the session was entitled to an event of the stream. */
    public boolean entitled(PositionedEvent event) {
        return entitled(event.id(), event.rooms());
    }

    /** Whether the session was entitled to an event of the stream that was sent to these rooms. */
    public boolean entitled(StreamId event, Collection<Room> rooms) {
        for (Room room : rooms) {
            if (room.equals(Room.EVERYONE) ? event.compareTo(birth) > 0 : wasIn(room, event)) {
                return true;
            }
        }
        return false;
    }

    private boolean wasIn(Room room, StreamId event) {
        for (Stay stay : byRoom.getOrDefault(room, List.of())) {
            if (stay.has(event)) {
                return true;
            }
        }
        return false;
    }

    /** The current rooms, including the room of the role, without the room of everybody. */
    public Set<Room> current() {
        return byRoom.entrySet().stream()
                .filter(entry ->
                        Objects.requireNonNull(entry.getValue().getLast()).left() == null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Is told of a stay. */
    public interface Visitor {

        /** @param left null while the stay goes on */
        void visit(Room room, StreamId joined, @Nullable StreamId left);
    }

    /** Visits all stays; those of one room in order. */
    public void forEach(Visitor visitor) {
        byRoom.forEach((room, stays) -> stays.forEach(stay -> visitor.visit(room, stay.joined(), stay.left())));
    }

    /** These stays plus rooms that the session joins at a position. It must not be in them already. */
    public RoomStays joined(Collection<Room> rooms, StreamId at) {
        Map<Room, List<Stay>> more = new HashMap<>(byRoom);
        for (Room room : rooms) {
            List<Stay> stays = new ArrayList<>(byRoom.getOrDefault(room, List.of()));
            stays.add(new Stay(at, null));
            more.put(room, stays);
        }
        return new RoomStays(birth, more);
    }

    /** These stays without the rooms that are not allowed. The room of everybody is not checked. */
    public RoomStays only(Predicate<Room> allowed) {
        Map<Room, List<Stay>> left = new HashMap<>(byRoom);
        left.keySet().removeIf(allowed.negate());
        return new RoomStays(birth, left);
    }
}
