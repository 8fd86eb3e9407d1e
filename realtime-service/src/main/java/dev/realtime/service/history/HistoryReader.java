package dev.realtime.service.history;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.EventHistory;
import dev.realtime.contracts.EventHistory.Entry;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.gateway.access.Reach;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.recovery.EventsGoneException;
import dev.realtime.service.recovery.MissedEvents;
import dev.realtime.service.recovery.MissedEvents.Standing;
import dev.realtime.stream.binder.redis.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.util.RawValue;

/**
 * Reads one part of the history: of everything that was accepted before the request, what follows a position. Waits for
 * Redis, and until this instance has read that far.
 */
@Component
final class HistoryReader {

    /** The most bytes of one answer; one event has at most 256 KB. */
    static final int MOST_BYTES = 1_000_000;

    /** How many bytes of payloads may be searched for one answer. */
    static final long SCANNED_BYTES = 8_000_000;

    /** How many events may be searched for one answer. */
    static final int SCANNED_EVENTS = 20_000;

    /** The bytes of an event in an answer besides its payload and rooms: member names, position, name. */
    private static final int OVERHEAD = 160;

    private static final int QUOTES = 3;

    private final MissedEvents missed;
    private final StreamHead head;
    private final Epoch epoch;

    HistoryReader(MissedEvents missed, StreamHead head, Epoch epoch) {
        this.missed = missed;
        this.head = head;
        this.epoch = epoch;
    }

    /** Returns no events, but the position to begin at. */
    EventHistory begin() {
        String now = new Position(epoch.text(), head.read()).toString();
        return new EventHistory(true, List.of(), now, false, now);
    }

    /**
     * How far the history can be read.
     *
     * @param epoch the epoch at that time
     * @param newest the newest record at that time
     */
    record Extent(String epoch, StreamId newest) {}

    /**
     * Finds how far the history can be read, and waits until this instance has read that far.
     *
     * @throws ProblemException with {@link ErrorCode#POSITION_EXPIRED} or {@link ErrorCode#EPOCH_CHANGED} when not all
     *     that follows the position is known
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    Extent extent(Position position) {
        String now = epoch.text();
        StreamId newest = head.read();
        require(missed.judge(position));
        require(missed.judge(new Position(now, newest)));
        return new Extent(now, newest);
    }

    /**
     * Returns the events after a position.
     *
     * @throws ProblemException as {@link #extent}
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    EventHistory after(Position position, Extent extent, Reach reach, int limit) {
        StreamId newest = extent.newest();
        Part part = new Part(position.id(), reach, limit, extent.epoch());
        try {
            while (!part.isFull() && part.through.compareTo(newest) < 0) {
                MissedEvents.Page page = missed.after(part.through);
                if (page.events().isEmpty() && page.through().equals(part.through)) {
                    break;
                }
                part.take(page);
            }
        } catch (EventsGoneException e) {
            throw expired();
        }
        if (!extent.epoch().equals(epoch.text())) {
            throw otherEpoch();
        }
        boolean more = part.through.compareTo(newest) < 0;
        String next = Position.text(extent.epoch(), part.through);
        return new EventHistory(true, part.entries, next, more, more ? Position.text(extent.epoch(), newest) : next);
    }

    private static void require(Standing standing) {
        switch (standing) {
            case HELD -> {}
            case EXPIRED -> throw expired();
            case OTHER_EPOCH -> throw otherEpoch();
        }
    }

    private static ProblemException expired() {
        return new ProblemException(
                ErrorCode.POSITION_EXPIRED,
                "The events after this position are no longer kept; load the page's data again.");
    }

    private static ProblemException otherEpoch() {
        return new ProblemException(
                ErrorCode.EPOCH_CHANGED, "Redis lost events after this position; load the page's data again.");
    }

    /** An answer being assembled. */
    private static final class Part {

        private final Reach reach;
        private final int limit;
        private final String epoch;
        private final List<Entry> entries = new ArrayList<>();
        private StreamId through;
        private int bytes;
        private long scannedBytes;
        private int scannedEvents;
        private boolean full;

        Part(StreamId after, Reach reach, int limit, String epoch) {
            this.through = after;
            this.reach = reach;
            this.limit = limit;
            this.epoch = epoch;
        }

        boolean isFull() {
            return full || scannedBytes >= SCANNED_BYTES || scannedEvents >= SCANNED_EVENTS;
        }

        void take(MissedEvents.Page page) {
            for (PositionedEvent event : page.events()) {
                List<Room> rooms = reach.of(event.rooms());
                if (!rooms.isEmpty() && !add(event, rooms)) {
                    full = true;
                    return;
                }
                through = event.id();
                scannedEvents++;
                scannedBytes += event.payload().length;
            }
            through = page.through();
        }

        private boolean add(PositionedEvent event, List<Room> rooms) {
            int cost = OVERHEAD + event.payload().length + bytes(rooms);
            if (entries.size() == limit || bytes + cost > MOST_BYTES) {
                return false;
            }
            bytes += cost;
            // The bytes that were sent, so numbers keep their digits.
            RawValue payload = new RawValue(new String(event.payload(), StandardCharsets.UTF_8));
            return entries.add(new Entry(Position.text(epoch, event.id()), event.name(), rooms, payload));
        }

        private static int bytes(List<Room> rooms) {
            int sum = 0;
            for (Room room : rooms) {
                sum += QUOTES + room.toString().getBytes(StandardCharsets.UTF_8).length;
            }
            return sum;
        }
    }
}
