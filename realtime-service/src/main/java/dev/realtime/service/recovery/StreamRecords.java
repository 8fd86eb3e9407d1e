package dev.realtime.service.recovery;

import dev.realtime.service.backplane.StreamedEvent;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.stream.binder.redis.StreamHistory.Entry;
import dev.realtime.stream.binder.redis.StreamId;

/** Judges entries of the stream as the consumer does, so that what the consumer skipped is not replayed either. */
final class StreamRecords {

    /** Memory per record in addition to payload and rooms: the event, its id, its array's header, a reference. */
    private static final int OVERHEAD = 112;

    private static final int ROOM = 56;
    private static final int ID_ONLY = 40;

    private StreamRecords() {}

    /** The event; or only the id of a record that goes to no room. */
    static Object of(Entry entry) {
        StreamId id = StreamId.parse(entry.id());
        StreamedEvent event = StreamedEvent.in(entry);
        return event == null ? id : event.at(id);
    }

    static StreamId id(Object record) {
        return record instanceof PositionedEvent event ? event.id() : (StreamId) record;
    }

    /** The approximate memory of a record, in bytes. */
    static int cost(Object record) {
        return record instanceof PositionedEvent event
                ? OVERHEAD + event.payload().length + event.rooms().size() * ROOM
                : ID_ONLY;
    }
}
