package dev.realtime.service.stats;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomKind;
import dev.realtime.contracts.SearchText;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.problem.ProblemException;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Selects sockets that meet all given conditions.
 *
 * @param socket the socket's id
 * @param user the user's id
 * @param role the role; {@value ConnectionStats#NO_ROLE} for sockets without a role
 * @param room a room that the socket is in
 * @param without a kind of room; the socket is in no room of this kind
 * @param instance the socket's instance
 * @param transport {@code websocket} or {@code polling}
 * @param address the client's address
 * @param text a part of the socket's ids, name, address, user agent or rooms, case-insensitive
 */
public record SocketFilter(
        @Nullable String socket,
        @Nullable String user,
        @Nullable String role,
        @Nullable Room room,
        @Nullable RoomKind without,
        @Nullable String instance,
        @Nullable String transport,
        @Nullable String address,
        @Nullable String text)
        implements Predicate<SocketPresence> {

    /** By connect time, oldest first. */
    public static final Comparator<SocketPresence> USUAL =
            Comparator.comparing(SocketPresence::connectedAt).thenComparing(SocketPresence::socketId);

    /** The fields that sockets can be sorted by. */
    public static final Map<String, Comparator<SocketPresence>> FIELDS = Map.of(
            "user", Comparator.comparing(SocketPresence::userKey, SocketFilter::byNumberOrText),
            "name", Comparator.comparing(socket -> orEmpty(socket.name()), String.CASE_INSENSITIVE_ORDER),
            "role", Comparator.comparing(socket -> orEmpty(socket.role())),
            "instance", Comparator.comparing(SocketPresence::instance),
            "transport", Comparator.comparing(SocketPresence::transport),
            "address", Comparator.comparing(SocketPresence::address),
            "rooms", Comparator.comparing(socket -> socket.rooms().size()),
            "connectedAt", Comparator.comparing(SocketPresence::connectedAt),
            "queue", Comparator.comparing(SocketPresence::queueOrZero));

    public SocketFilter {
        text = text == null || text.isBlank() ? null : SearchText.of(text.strip());
    }

    /**
     * Reads the parameters of a request; an empty parameter is ignored.
     *
     * @throws ProblemException with the room's own code if {@code room} is invalid, and with {@code VALIDATION_FAILED}
     *     if {@code without} is not a kind of room
     */
    public static SocketFilter of(Map<String, String> parameters) {
        String room = said(parameters, "room");
        try {
            return new SocketFilter(
                    said(parameters, "socket"),
                    said(parameters, "user"),
                    said(parameters, "role"),
                    room == null ? null : Room.parse(room),
                    RoomFilter.kind("without", said(parameters, "without")),
                    said(parameters, "instance"),
                    said(parameters, "transport"),
                    said(parameters, "address"),
                    said(parameters, "text"));
        } catch (InvalidRoomException e) {
            throw new ProblemException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable String said(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public boolean test(SocketPresence one) {
        return (socket == null || socket.equals(one.socketId()))
                && (user == null || user.equals(one.userKey()))
                && (role == null || role.equals(one.role() == null ? ConnectionStats.NO_ROLE : one.role()))
                && (room == null || one.rooms().contains(room))
                && (without == null || !isInOne(one, without))
                && (instance == null || instance.equals(one.instance()))
                && (transport == null || transport.equals(one.transport()))
                && (address == null || address.equals(one.address()))
                && (text == null || mentions(one, text));
    }

    private static boolean isInOne(SocketPresence socket, RoomKind kind) {
        return switch (kind) {
            case EVERYONE -> true;
            case ROLE -> Room.role(socket.role()).isPresent();
            default -> socket.rooms().stream().anyMatch(room -> room.kind() == kind);
        };
    }

    private static boolean mentions(SocketPresence socket, String text) {
        return SearchText.contains(socket.name(), text)
                || SearchText.contains(socket.userKey(), text)
                || SearchText.contains(socket.login(), text)
                || SearchText.contains(socket.role(), text)
                || SearchText.contains(socket.socketId(), text)
                || SearchText.contains(socket.address(), text)
                || SearchText.contains(socket.instance(), text)
                || SearchText.contains(socket.userAgent(), text)
                || socket.rooms().stream().anyMatch(room -> SearchText.contains(room.toString(), text));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Numeric order for numbers (9 before 10), and numbers before texts. */
    private static int byNumberOrText(String a, String b) {
        boolean numbers = isNumber(a) && isNumber(b);
        return numbers && a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
