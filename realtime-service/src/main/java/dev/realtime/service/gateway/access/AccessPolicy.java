package dev.realtime.service.gateway.access;

import dev.realtime.contracts.Room;
import dev.realtime.service.identity.Identity;
import dev.realtime.socketio.engine.session.TokenBucket;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Decides which identity may be in which room; no other class decides this. */
@Component
public final class AccessPolicy {

    private static final Access NONE = new Access(List.of(), List.of());

    private final Map<String, Access> roles = new LinkedHashMap<>();
    private final int maxRooms;
    private final int roomChangesPerSecond;
    private final int roomChangeBurst;

    /** @throws IllegalArgumentException if a pattern is invalid; the message names the property */
    public AccessPolicy(AccessProperties properties) {
        this.maxRooms = properties.maxRooms();
        this.roomChangesPerSecond = properties.roomChangesPerSecond();
        this.roomChangeBurst = properties.roomChangeBurst();
        properties.roles().forEach((name, role) -> {
            String property = "realtime.access.roles." + name;
            List<RoomPattern> atOnce = patterns(property + ".joins-at-once", role.joinsAtOnce());
            if (!atOnce.stream().allMatch(RoomPattern::isCountable)) {
                throw new IllegalArgumentException(
                        property + ".joins-at-once must name rooms; '*' is for may-join only");
            }
            roles.put(name, new Access(atOnce, patterns(property + ".may-join", role.mayJoin())));
        });
    }

    private record Access(List<RoomPattern> atOnce, List<RoomPattern> onDemand) {}

    public int maxRooms() {
        return maxRooms;
    }

    /** How many joins and leaves one socket may request per second, sustained. */
    public int roomChangesPerSecond() {
        return roomChangesPerSecond;
    }

    /** A new rate limit for one socket's joins and leaves. */
    public TokenBucket roomChanges() {
        return new TokenBucket(roomChangesPerSecond, roomChangeBurst, System.nanoTime());
    }

    /** The rooms that an identity joins when it connects, its own room first. */
    public Set<Room> roomsAtOnce(Identity identity) {
        Set<Room> rooms = new LinkedHashSet<>();
        rooms.add(Room.user(identity.userKey()));
        access(identity).atOnce().forEach(pattern -> rooms.addAll(pattern.rooms(identity)));
        return rooms;
    }

    /** Whether an identity may join a room. Rooms whose members follow from identity alone cannot be joined. */
    public boolean mayJoin(Identity identity, Room room) {
        return !room.kind().isByIdentity()
                && (roomsAtOnce(identity).contains(room)
                        || access(identity).onDemand().stream().anyMatch(pattern -> pattern.matches(room, identity)));
    }

    /**
     * Whether an identity may leave a room. The rooms that carry notifications to a user, a role or everybody cannot be
     * left; {@code operators} and similar rooms are ordinary rooms and can be.
     */
    public boolean mayLeave(Identity identity, Room room) {
        return !room.kind().isByIdentity() && !room.equals(Room.user(identity.userKey()));
    }

    private Access access(Identity identity) {
        String role = identity.role();
        return role == null ? NONE : roles.getOrDefault(role, NONE);
    }

    private static List<RoomPattern> patterns(String property, List<String> texts) {
        try {
            return texts.stream().map(RoomPattern::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
        }
    }
}
