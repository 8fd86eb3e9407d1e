package dev.realtime.service.stats;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.RoomStats.Occupancy;
import dev.realtime.contracts.SearchText;
import dev.realtime.service.presence.ClusterView;
import dev.realtime.service.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Selects rooms that meet all given conditions.
 *
 * @param named exactly these rooms, even if they are empty; if there are none, all rooms with members. At most
 *     {@value #MOST}
 * @param kind the kind of room; null for any
 * @param text a part of the room's name, case-insensitive
 */
record RoomFilter(List<Room> named, @Nullable RoomKind kind, String text) implements Predicate<Room> {

    static final int MOST = 100;

    RoomFilter {
        named = List.copyOf(named);
        text = SearchText.of(text);
    }

    /**
     * Reads the parameters of a request; an empty parameter is ignored.
     *
     * @throws ProblemException with the room's own code if a {@code room} is invalid, and with
     *     {@link ErrorCode#VALIDATION_FAILED} if there are too many, or {@code kind} is invalid
     */
    static RoomFilter of(MultiValueMap<String, String> parameters) {
        List<String> names = parameters.getOrDefault("room", List.of()).stream()
                .filter(name -> name != null && !name.isEmpty())
                .toList();
        if (names.size() > MOST) {
            throw refused("room", "must not be given more than " + MOST + " times");
        }
        return new RoomFilter(
                names.stream().map(RoomFilter::room).distinct().toList(),
                kind("kind", parameters.getFirst("kind")),
                Objects.requireNonNullElse(parameters.getFirst("text"), ""));
    }

    /** The kind of room for a prefix; null for no prefix. */
    static @Nullable RoomKind kind(String parameter, @Nullable String prefix) {
        if (prefix == null || prefix.isEmpty()) {
            return null;
        }
        return RoomKind.ofPrefix(prefix)
                .orElseThrow(() -> refused(
                        parameter,
                        "must be one of "
                                + Arrays.stream(RoomKind.values())
                                        .map(RoomKind::prefix)
                                        .collect(Collectors.joining(", "))));
    }

    private static Room room(String printed) {
        try {
            return Room.parse(printed);
        } catch (InvalidRoomException e) {
            String message = String.valueOf(e.getMessage());
            throw new ProblemException(e.code(), message, List.of(new Problem.FieldError("room", message)));
        }
    }

    /** The selected rooms, with how many sockets are in each. */
    List<Occupancy> of(ClusterView view) {
        Map<Room, Integer> rooms = named.isEmpty() ? view.rooms() : view.rooms(named);
        return rooms.entrySet().stream()
                .filter(entry -> test(entry.getKey()))
                .map(entry -> new Occupancy(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean test(Room room) {
        return (kind == null || kind == room.kind()) && (text.isEmpty() || SearchText.contains(room.toString(), text));
    }

    private static ProblemException refused(String parameter, String message) {
        return ProblemException.ofParameter(ErrorCode.VALIDATION_FAILED, parameter, message);
    }
}
