package dev.realtime.service.backplane;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.canary.CanaryReader;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.payload.ValidPayload;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the stream that is an event; any publisher may have written it.
 *
 * @param event the kind of event
 * @param payload the argument that clients get: one JSON object in UTF-8
 * @param members the known members of the payload
 * @param rooms the rooms named by the record's headers, or else the event's default rooms
 * @param confirmation what the record says about confirmation; null for an event that nobody has to confirm
 * @param sending the sending it belongs to, and how long it is valid; null for an event that is always good
 */
public record StreamedEvent(
        BroadcastEvent event,
        byte[] payload,
        KnownMembers members,
        List<Room> rooms,
        @Nullable Confirmation confirmation,
        @Nullable SendingRef sending) {

    public StreamedEvent {
        rooms = List.copyOf(rooms);
    }

    /**
     * Validates a record.
     *
     * @param headers see {@link StreamHeaders}
     * @param id the record's id, which also says when Redis accepted it
     * @throws InvalidPayloadException when the record is not a valid event
     * @throws InvalidRoomException when the record names an invalid room
     */
    public static StreamedEvent of(Map<String, Object> headers, byte[] payload, StreamId id)
            throws InvalidPayloadException {
        BroadcastEvent event = BroadcastEvent.ofWireName(String.valueOf(headers.get(StreamHeaders.EVENT)))
                .orElseThrow(() -> new InvalidPayloadException(
                        ErrorCode.EVENT_UNKNOWN, StreamHeaders.EVENT, "There is no such event."));
        ValidPayload valid = PayloadScanner.scan(event, payload, Instant.ofEpochMilli(id.millis()));
        List<Room> rooms = headers.get(StreamHeaders.ROOMS) instanceof List<?> printed
                ? printed.stream().map(room -> Room.parse(String.valueOf(room))).toList()
                : valid.defaultRooms();
        Confirmation confirmation = event == BroadcastEvent.NOTIFICATION ? Confirmation.of(headers) : null;
        byte[] json = valid.json();
        if (confirmation != null) {
            valid.checkConfirmable("");
            json = confirmation.mark(json, id.toString());
        }
        return new StreamedEvent(event, json, valid.members(), rooms, confirmation, sending(event, headers));
    }

    private static @Nullable SendingRef sending(BroadcastEvent event, Map<String, Object> headers)
            throws InvalidPayloadException {
        return event == BroadcastEvent.NOTIFICATION || event == BroadcastEvent.NOTIFICATION_RECALLED
                ? SendingRef.of(headers)
                : null;
    }

    /**
     * Judges an entry of the stream as its consumer does.
     *
     * @return null for an entry that goes to no room: a canary, or not a valid event
     */
    public static @Nullable StreamedEvent in(StreamHistory.Entry entry) {
        if (CanaryReader.isCanary(entry.headers())) {
            return null;
        }
        try {
            return of(entry.headers(), entry.payload(), StreamId.parse(entry.id()));
        } catch (InvalidPayloadException | InvalidRoomException e) {
            return null;
        }
    }

    /** The event for the fan-out, with the id of its record. */
    public PositionedEvent at(StreamId id) {
        return new PositionedEvent(id, event.wireName(), payload, rooms, confirmation, sending);
    }

    /** Omits the payload, which contains people's names and phone numbers. */
    @Override
    public String toString() {
        return "StreamedEvent[event=" + event + ", rooms=" + rooms.size() + ", bytes=" + payload.length + "]";
    }
}
