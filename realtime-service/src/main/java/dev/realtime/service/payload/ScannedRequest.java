package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.text.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a broadcast request that is JSON and not too large. Only {@link #broadcast()} says whether the request is
 * valid, so that the token can be checked first.
 */
public final class ScannedRequest {

    private final ObjectScan scan;
    private final ValidPayload payload;

    ScannedRequest(ObjectScan scan, ValidPayload payload) {
        this.scan = scan;
        this.payload = payload;
    }

    /** The token in the body; null if there is none. */
    public @Nullable String token() {
        return scan.token;
    }

    /**
     * The broadcast that is requested.
     *
     * @throws InvalidPayloadException with {@code VALIDATION_FAILED} and everything that is wrong
     */
    public Broadcast broadcast() throws InvalidPayloadException {
        scan.throwViolations();
        if (scan.confirmation != null) {
            payload.checkConfirmable(
                    payload.event().payloadField().map(field -> field + ".").orElse(""));
        }
        return new Broadcast(payload.event(), rooms(), payload.json(), scan.confirmation);
    }

    /** SHA-256 in hexadecimal digits of the body as it was sent, without the member {@code token}. */
    public String fingerprint() {
        byte[] bytes = Cutter.without(scan.bytes(), scan.members, Set.of(ObjectScan.TOKEN));
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    private List<Room> rooms() {
        Set<Room> rooms = new LinkedHashSet<>();
        if (scan.rooms != null) {
            rooms.addAll(scan.rooms);
        }
        if (scan.userRoom != null) {
            rooms.add(scan.userRoom);
        }
        return rooms.isEmpty() ? payload.defaultRooms() : new ArrayList<>(rooms);
    }

    /**
     * A valid request.
     *
     * @param event the event to broadcast
     * @param rooms the rooms that receive the event, each once
     * @param payload the argument that clients receive: one JSON object in UTF-8
     * @param confirmation asks for confirmation; null for none
     */
    public record Broadcast(
            BroadcastEvent event,
            List<Room> rooms,
            byte[] payload,
            @Nullable Confirmation confirmation) {

        public Broadcast {
            rooms = List.copyOf(rooms);
        }

        /** Omits the payload, which contains people's names and phone numbers. */
        @Override
        public String toString() {
            return "Broadcast[event=" + event + ", rooms=" + rooms.size() + ", bytes=" + payload.length + "]";
        }
    }
}
