package dev.realtime.service.payload;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.DefaultRooms;
import dev.realtime.contracts.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Set;

/**
 * Scans an event's JSON once: strict UTF-8, syntax, depth, size, and the members we know. All bytes of the payload, of
 * known and unknown members alike, pass unchanged; numbers keep their digits. The only addition is {@code timestamp} in
 * a notification without one.
 *
 * <p>Decisions: a byte order mark is refused. {@code null} counts as absent. A known member that occurs twice is
 * refused, since readers might see the other value. Half of a surrogate pair written as an escape ({@code "\\ud800"})
 * is refused in known members and in all names; it passes in other values, where it stays six ASCII characters on the
 * wire.
 */
public final class PayloadScanner {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private PayloadScanner() {}

    /**
     * Reads the body of {@code POST /api/v1/broadcast/…}.
     *
     * @param now the timestamp for a notification without one
     * @throws InvalidPayloadException if the body is not JSON or too large; {@link ScannedRequest#broadcast()} reports
     *     the rest
     */
    public static ScannedRequest request(BroadcastEvent event, byte[] body, Instant now)
            throws InvalidPayloadException {
        checkSize(body.length, PayloadLimits.MAX_BODY_BYTES, "The body");
        ObjectScan scan = ObjectScan.ofRequest(event, body);
        byte[] payload;
        if (scan.payloadStart < 0) {
            // The payload is missing, and the scan has recorded this as a violation.
            payload = new byte[0];
        } else if (event.payloadField().isEmpty()) {
            byte[] cut = Cutter.without(body, scan.members, Set.of(ObjectScan.TOKEN, ObjectScan.ROOMS));
            payload = Arrays.copyOfRange(cut, scan.payloadStart, cut.length - (body.length - scan.payloadEnd));
        } else {
            payload = Arrays.copyOfRange(body, scan.payloadStart, scan.payloadEnd);
        }
        return new ScannedRequest(scan, finish(event, scan, payload, now));
    }

    /**
     * Reads a bare payload, as other services put it into the stream.
     *
     * @param now the timestamp for a notification without one. All instances must use the same, so it is the time in
     *     the event's stream id
     * @throws InvalidPayloadException with everything that is wrong
     */
    public static ValidPayload scan(BroadcastEvent event, byte[] json, Instant now) throws InvalidPayloadException {
        checkSize(json.length, PayloadLimits.MAX_EVENT_BYTES, "The event");
        ObjectScan scan = ObjectScan.ofPayload(event, json);
        scan.throwViolations();
        byte[] payload = Arrays.copyOfRange(json, scan.payloadStart, scan.payloadEnd);
        return finish(event, scan, payload, now);
    }

    private static ValidPayload finish(BroadcastEvent event, ObjectScan scan, byte[] payload, Instant now)
            throws InvalidPayloadException {
        checkSize(payload.length, PayloadLimits.MAX_EVENT_BYTES, "The event");
        byte[] stamped =
                event == BroadcastEvent.NOTIFICATION && scan.isValid() ? withTimestamp(scan, payload, now) : payload;
        return new ValidPayload(
                event,
                stamped,
                DefaultRooms.of(event, scan.texts::get),
                new KnownMembers(scan.texts, scan.integers),
                scan.reserved);
    }

    private static byte[] withTimestamp(ObjectScan scan, byte[] payload, Instant now) {
        if (scan.texts.containsKey("timestamp")) {
            return payload;
        }
        String value = "\"" + TIMESTAMP.format(now) + "\"";
        if (scan.nullTimestamp >= 0) {
            int start = scan.nullTimestamp - scan.payloadStart;
            return splice(payload, start, start + "null".length(), value);
        }
        // A valid notification has a message, so there is a member for the comma to follow.
        return splice(payload, payload.length - 1, payload.length - 1, ",\"timestamp\":" + value);
    }

    private static byte[] splice(byte[] bytes, int from, int to, String ascii) {
        byte[] insert = ascii.getBytes(StandardCharsets.US_ASCII);
        byte[] result = new byte[bytes.length - (to - from) + insert.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(insert, 0, result, from, insert.length);
        System.arraycopy(bytes, to, result, from + insert.length, bytes.length - to);
        return result;
    }

    private static void checkSize(int actual, int allowed, String what) throws InvalidPayloadException {
        if (actual > allowed) {
            throw new InvalidPayloadException(
                    ErrorCode.BODY_TOO_LARGE, "", what + " must not be larger than " + allowed / 1024 + " KB.");
        }
    }
}
