package dev.realtime.service.backplane;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.ValidPayload;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A record of the stream that is an event, whoever put it there.
 *
 * @param event which one
 * @param payload the argument clients get: one JSON object in UTF-8
 * @param rooms to whom it goes: those that its headers name, or else its default rooms
 */
public record StreamedEvent(BroadcastEvent event, byte[] payload, List<Room> rooms) {

    public StreamedEvent {
        rooms = List.copyOf(rooms);
    }

    /**
     * Judges a record.
     *
     * @param headers see {@link StreamHeaders}
     * @param addedAt when Redis took it
     * @throws InvalidPayloadException when it is no event
     * @throws InvalidRoomException when it is for a room that cannot be
     */
    public static StreamedEvent of(Map<String, Object> headers, byte[] payload, Instant addedAt)
            throws InvalidPayloadException {
        BroadcastEvent event = BroadcastEvent.ofWireName(String.valueOf(headers.get(StreamHeaders.EVENT)))
                .orElseThrow(() -> new InvalidPayloadException(
                        ErrorCode.EVENT_UNKNOWN, StreamHeaders.EVENT, "There is no such event."));
        ValidPayload valid = PayloadScanner.scan(event, payload, addedAt);
        List<Room> rooms = headers.get(StreamHeaders.ROOMS) instanceof List<?> printed
                ? printed.stream().map(room -> Room.parse(String.valueOf(room))).toList()
                : valid.defaultRooms();
        return new StreamedEvent(event, valid.json(), rooms);
    }

    /** The same for the fan-out: the event of the record with this id. */
    public PositionedEvent at(StreamId id) {
        return new PositionedEvent(id, event.wireName(), payload, rooms);
    }

    /** Without the payload: it has people's names and phone numbers in it. */
    @Override
    public String toString() {
        return "StreamedEvent[event=" + event + ", rooms=" + rooms.size() + ", bytes=" + payload.length + "]";
    }
}
