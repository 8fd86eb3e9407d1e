package dev.realtime.service.backplane;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.SendingRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the stream.
 *
 * @param event the kind of event
 * @param rooms the rooms that the event goes to, at least one
 * @param payload the argument that clients get: one JSON object in UTF-8, already validated
 * @param key makes sending the event again harmless; null when the caller has none, and then only the service's own
 *     retries are harmless
 * @param service the name of the service that posted the event; null when none did
 * @param confirmation what the event's record says about its confirmation; null for an event that nobody has to confirm
 * @param sending what the record says about the sending it belongs to, and its validity; null for nothing
 */
public record OutgoingEvent(
        BroadcastEvent event,
        List<Room> rooms,
        byte[] payload,
        @Nullable IdempotenceKey key,
        @Nullable String service,
        @Nullable Confirmation confirmation,
        @Nullable SendingRef sending) {

    /** An event that no service posted, and that nobody has to confirm. */
    public OutgoingEvent(BroadcastEvent event, List<Room> rooms, byte[] payload, @Nullable IdempotenceKey key) {
        this(event, rooms, payload, key, null, null, null);
    }

    /** An event of no sending. */
    public OutgoingEvent(
            BroadcastEvent event,
            List<Room> rooms,
            byte[] payload,
            @Nullable IdempotenceKey key,
            @Nullable String service,
            @Nullable Confirmation confirmation) {
        this(event, rooms, payload, key, service, confirmation, null);
    }

    /** The same event with a key. */
    public OutgoingEvent under(IdempotenceKey once) {
        return new OutgoingEvent(event, rooms, payload, once, service, confirmation, sending);
    }

    /**
     * The caller's key.
     *
     * @param scope where the key is unique, for example the endpoint
     * @param key the key itself
     * @param fingerprint a digest of the request; detects the same key with a different request
     * @param remembered for how long; null for as long as keys of its kind of event are
     */
    public record IdempotenceKey(
            String scope,
            String key,
            String fingerprint,
            @Nullable Duration remembered) {

        public IdempotenceKey(String scope, String key, String fingerprint) {
            this(scope, key, fingerprint, null);
        }

        /** The key as the stream has it. */
        String inStream() {
            return scope + ":" + key;
        }
    }
}
