package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the stream without a gap: every record after {@code start}, up to and including {@code through}.
 *
 * @param start where the page begins, exclusive
 * @param records events and ids, in stream order
 * @param through where the page ends; equal to {@code start} if it has no records
 * @param last whether it was at the end of the stream when it was read
 */
record StreamPage(StreamId start, List<Object> records, StreamId through, boolean last) {

    /** What a page costs in addition to its records. */
    private static final int OVERHEAD = 4_096;

    /** Whether the page covers this id, whether or not there is a record. */
    boolean reaches(StreamId id) {
        return start.compareTo(id) < 0 && id.compareTo(through) <= 0;
    }

    /** Whether the page has anything after the id. */
    boolean follows(StreamId id) {
        return start.compareTo(id) <= 0 && id.compareTo(through) < 0;
    }

    boolean has(StreamId id) {
        return records.stream().anyMatch(record -> StreamRecords.id(record).equals(id));
    }

    /** The events after one id, up to and including another. */
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
