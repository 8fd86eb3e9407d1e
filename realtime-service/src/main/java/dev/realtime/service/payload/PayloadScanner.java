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
 * Looks at an event's JSON once: strict UTF-8, syntax, depth, size, and the members we know. All bytes of the payload, of
 * known members and of unknown ones, come out as they went in; numbers keep their digits. The one thing added is
 * {@code timestamp} in a notification that has none.
 *
 * <p>Decided here: a byte order mark is refused; {@code null} counts as absent; a known member that is there twice is
 * refused, since its readers might see another of the two than we did; half of a surrogate pair spelt as an escape
 * ({@code "\\ud800"}) is refused in the members we know and in all names, and passes in other values, where it is still
 * six ASCII characters on the wire.
 */
public final class PayloadScanner {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private PayloadScanner() {}

    /**
     * Reads the body of {@code POST /api/v1/broadcast/…}.
     *
     * @param now what a notification without a timestamp gets
     * @throws InvalidPayloadException when it is no JSON or too large; see {@link ScannedRequest#broadcast()} for the rest
     */
    public static ScannedRequest request(BroadcastEvent event, byte[] body, Instant now)
            throws InvalidPayloadException {
        checkSize(body.length, PayloadLimits.MAX_BODY_BYTES, "The body");
        ObjectScan scan = ObjectScan.ofRequest(event, body);
        byte[] payload;
        if (scan.payloadStart < 0) {
            // There is none, and the scan has noted that down.
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
     * @param now what a notification without a timestamp gets. All instances must say the same, so it is the time in the
     *     event's stream id
     * @throws InvalidPayloadException for everything that is wrong with it
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
        return new ValidPayload(event, stamped, DefaultRooms.of(event, scan.texts::get));
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
        // A valid notification has a message, so there is a member to put the comma behind.
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
