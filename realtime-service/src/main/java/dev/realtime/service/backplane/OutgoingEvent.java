package dev.realtime.service.backplane;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way into the stream.
 *
 * @param event which one
 * @param rooms to whom, at least one room
 * @param payload the argument clients get: one JSON object in UTF-8, checked already
 * @param key makes a repetition harmless; null when the caller has none, then only our own retries are harmless
 * @param service the name of the service that posted it; null when none did
 */
public record OutgoingEvent(
        BroadcastEvent event,
        List<Room> rooms,
        byte[] payload,
        @Nullable IdempotenceKey key,
        @Nullable String service) {

    /** An event that no service posted. */
    public OutgoingEvent(BroadcastEvent event, List<Room> rooms, byte[] payload, @Nullable IdempotenceKey key) {
        this(event, rooms, payload, key, null);
    }

    /**
     * The caller's key.
     *
     * @param scope what the key is unique in, for example the endpoint
     * @param key the key itself
     * @param fingerprint a digest of the request, so that the same key with another request is noticed
     */
    public record IdempotenceKey(String scope, String key, String fingerprint) {}
}
