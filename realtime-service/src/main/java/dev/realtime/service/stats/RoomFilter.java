package dev.realtime.service.stats;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.RoomStats.Occupancy;
import dev.realtime.service.presence.ClusterView;
import dev.realtime.service.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which rooms are wanted: those for which everything holds that is said.
 *
 * @param named exactly these, whether or not somebody is in them; none for all with somebody in them. At most
 *     {@value #MOST}
 * @param kind their kind
 * @param text what stands somewhere in their names, in capitals or not
 */
record RoomFilter(List<Room> named, @Nullable RoomKind kind, String text) implements Predicate<Room> {

    static final int MOST = 100;

    RoomFilter {
        named = List.copyOf(named);
        text = text.toLowerCase(Locale.ROOT);
    }

    /**
     * As a request says it; what is empty is not said.
     *
     * @throws ProblemException with the room's own code when a {@code room} is none, and with
     *     {@link ErrorCode#VALIDATION_FAILED} when there are too many, or {@code kind} is none
     */
    static RoomFilter of(MultiValueMap<String, String> parameters) {
        List<String> names = parameters.getOrDefault("room", List.of()).stream()
                .filter(name -> name != null && !name.isEmpty())
                .toList();
        if (names.size() > MOST) {
            throw refused("room", "must not be there more than " + MOST + " times");
        }
        return new RoomFilter(
                names.stream().map(RoomFilter::room).distinct().toList(),
                kind("kind", parameters.getFirst("kind")),
                Objects.requireNonNullElse(parameters.getFirst("text"), ""));
    }

    /** A kind of rooms by its prefix; null when none is said. */
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

    /** The rooms that are wanted, with their members. */
    List<Occupancy> of(ClusterView view) {
        Map<Room, Integer> rooms = named.isEmpty() ? view.rooms() : view.rooms(named);
        return rooms.entrySet().stream()
                .filter(entry -> test(entry.getKey()))
                .map(entry -> new Occupancy(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public boolean test(Room room) {
        return (kind == null || kind == room.kind())
                && (text.isEmpty() || room.toString().toLowerCase(Locale.ROOT).contains(text));
    }

    private static ProblemException refused(String parameter, String message) {
        return new ProblemException(
                ErrorCode.VALIDATION_FAILED,
                "The parameter " + parameter + " " + message + ".",
                List.of(new Problem.FieldError(parameter, message)));
    }
}
