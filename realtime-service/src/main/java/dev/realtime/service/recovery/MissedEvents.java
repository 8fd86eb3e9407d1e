package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * What a client missed since a position: from the ring in memory, and what is older from shared pages of the stream. May
 * wait for Redis; to be called on threads that may block. Thread-safe.
 *
 * <p>An id alone does not say of which epoch it is: see {@link #restarts()}.
 */
@Component
public final class MissedEvents {

    /** The most events of one page. */
    public static final int MOST_EVENTS = 500;

    /** The most bytes of one page; its last event may reach beyond. */
    public static final long MOST_BYTES = 256 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventRing ring;
    private final StreamPages pages;
    private final Epoch epoch;
    private final Duration patience;

    @Autowired
    MissedEvents(EventRing ring, StreamPages pages, Epoch epoch) {
        this(ring, pages, epoch, PATIENCE);
    }

    /** One that waits so long for this instance to read on. */
    MissedEvents(EventRing ring, StreamPages pages, Epoch epoch, Duration patience) {
        this.ring = ring;
        this.pages = pages;
        this.epoch = epoch;
        this.patience = patience;
    }

    /** What a position is worth. */
    public enum Standing {
        /** Everything since then is known. */
        HELD,
        /** Some of what came since then is known no more. */
        EXPIRED,
        /** It is of another stream: Redis has lost data since, or never gave it. */
        OTHER_EPOCH
    }

    /**
     * Some of what follows a position.
     *
     * @param events in the stream's order
     * @param through how far it reaches, where to go on; further than the last event when the records behind it go to nobody.
     *     Without events and no further than where it began: there is nothing more, this instance has read no further
     * @param fromRing whether it comes from memory
     */
    public record Page(List<PositionedEvent> events, StreamId through, boolean fromRing) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /**
     * How often this instance has missed a part of the stream, or went on with another one. Whoever judges a position and pages
     * from there remembers it before that: when it is another number at the end, what was paged has a hole, or is of two streams.
     */
    public int restarts() {
        return ring.restarts();
    }

    /**
     * Judges where a client wants to go on. Waits at most 10 s until this instance has read as far as others have.
     *
     * @throws DataAccessException when Redis does not answer, or this instance does not get there
     */
    public Standing judge(Position offset) {
        if (!isOfThisEpoch(offset)) {
            return Standing.OTHER_EPOCH;
        }
        StreamId id = offset.id();
        EventRing.Place place = ring.placeOf(id);
        if (place == EventRing.Place.AHEAD) {
            if (id.compareTo(lastId()) > 0) {
                return Standing.OTHER_EPOCH;
            }
            awaitHead(id);
            if (!offset.epoch().equals(epoch.text())) {
                return Standing.OTHER_EPOCH;
            }
            place = ring.placeOf(id);
        }
        return switch (place) {
            case HERE -> Standing.HELD;
            case BEFORE -> inStream(id);
            // The stream's last id may be that of an entry that was deleted.
            case NOWHERE, AHEAD -> id.equals(lastId()) ? Standing.HELD : Standing.OTHER_EPOCH;
        };
    }

    private boolean isOfThisEpoch(Position offset) {
        if (offset.epoch().equals(epoch.text())) {
            return true;
        }
        // Another instance may have begun it just now.
        epoch.refreshUnlessFresh();
        return offset.epoch().equals(epoch.text());
    }

    private Standing inStream(StreamId id) {
        StreamPage page = pages.around(id);
        if (page == null) {
            return Standing.EXPIRED;
        }
        return page.has(id) || id.equals(lastId()) || beginsThere(page, id) ? Standing.HELD : Standing.OTHER_EPOCH;
    }

    /** Whether it is the beginning of a stream of which nothing was removed. */
    private static boolean beginsThere(StreamPage page, StreamId id) {
        return id.millis() == 0 && id.sequence() == 0 && page.start().equals(id);
    }

    private StreamId lastId() {
        return StreamId.parse(pages.edges().last());
    }

    private void awaitHead(StreamId id) {
        try {
            if (!ring.awaitHead(id, patience)) {
                throw new QueryTimeoutException("This instance has not read as far as others");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted while this instance was reading on", e);
        }
    }

    /**
     * What follows an id that was {@link Standing#HELD}, or the last page's {@code through}: at most {@value #MOST_EVENTS}
     * events and about 256 KB. Never more than this instance's fan-out has delivered.
     *
     * @throws EventsGoneException when some of it is known no more
     * @throws DataAccessException when Redis does not answer
     */
    public Page after(StreamId id) {
        EventRing.Part part = ring.after(id, MOST_EVENTS, MOST_BYTES);
        if (part != null) {
            return new Page(part.events(), part.through(), true);
        }
        StreamId floor = ring.floor();
        StreamPage page = floor == null ? null : pages.after(id);
        if (floor == null || page == null) {
            throw new EventsGoneException("What followed " + id + " is not in the stream any more");
        }
        StreamId through = floor;
        if (page.through().compareTo(floor) < 0 && page.follows(id)) {
            through = page.through();
        }
        return new Page(page.events(id, through), through, false);
    }
}
