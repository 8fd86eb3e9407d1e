package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the stream without a gap: every record after {@code start} up to and with {@code through}.
 *
 * @param start where it begins, itself not counted
 * @param records events and ids, in the stream's order
 * @param through where it ends; its start when it has no records
 * @param last whether there was nothing further when it was read
 */
record StreamPage(StreamId start, List<Object> records, StreamId through, boolean last) {

    /** What a page costs beside its records. */
    private static final int OVERHEAD = 4_096;

    /** Whether it has the record of this id, or would have it if there were one. */
    boolean reaches(StreamId id) {
        return start.compareTo(id) < 0 && id.compareTo(through) <= 0;
    }

    /** Whether it has something that follows the id. */
    boolean follows(StreamId id) {
        return start.compareTo(id) <= 0 && id.compareTo(through) < 0;
    }

    boolean has(StreamId id) {
        return records.stream().anyMatch(record -> StreamRecords.id(record).equals(id));
    }

    /** The events after one id, up to and with another. */
    List<PositionedEvent> events(StreamId after, StreamId upTo) {
        List<PositionedEvent> events = new ArrayList<>();
        for (Object record : records) {
            if (record instanceof PositionedEvent event
                    && event.id().compareTo(after) > 0
                    && event.id().compareTo(upTo) <= 0) {
                events.add(event);
            }
        }
        return events;
    }

    long bytes() {
        return OVERHEAD + records.stream().mapToLong(StreamRecords::cost).sum();
    }
}
