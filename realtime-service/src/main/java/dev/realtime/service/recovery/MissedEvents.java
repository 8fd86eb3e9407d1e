package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.stereotype.Component;

/**
 * Reads what a client missed since a position: from the ring in memory, and older events from shared pages of the
 * stream. May wait for Redis; call it on threads that may block. Thread-safe.
 *
 * <p>An id alone does not identify its epoch: see {@link #restarts()}.
 */
@Component
public final class MissedEvents {

    /** Maximum number of events in a page. */
    public static final int MOST_EVENTS = 500;

    /** Maximum bytes of a page; its last event may exceed this. */
    public static final long MOST_BYTES = 256 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventRing ring;
    private final StreamPages pages;
    private final Epoch epoch;
    private final Withheld withheld;
    private final Duration patience;

    @Autowired
    MissedEvents(EventRing ring, StreamPages pages, Epoch epoch, Withheld withheld) {
        this(ring, pages, epoch, withheld, PATIENCE);
    }

    /** For tests: {@code patience} is how long to wait for this instance to read further. */
    MissedEvents(EventRing ring, StreamPages pages, Epoch epoch, Withheld withheld, Duration patience) {
        this.ring = ring;
        this.pages = pages;
        this.epoch = epoch;
        this.withheld = withheld;
        this.patience = patience;
    }

    /** How a position stands. */
    public enum Standing {
        /** Everything since then is available. */
        HELD,
        /** Some of what followed is no longer available. */
        EXPIRED,
        /** The position belongs to another stream: Redis has lost data since, or never issued it. */
        OTHER_EPOCH
    }

    /**
     * Some of what follows a position.
     *
     * @param events in stream order, without those that are withheld now
     * @param through where the page ends and the next one continues; later than the last event if the records after it
     *     go to no room. If there are no events and the page ends where it began, this instance has read no further
     * @param fromRing whether the page comes from memory
     */
    public record Page(List<PositionedEvent> events, StreamId through, boolean fromRing) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /**
     * How often this instance missed a part of the stream, or continued with another stream. Callers read this before
     * they judge a position and page from there: if it differs at the end, the pages have a gap or belong to two
     * streams.
     */
    public int restarts() {
        return ring.restarts();
    }

    /**
     * Judges the position from which a client wants to continue. Waits at most 10 s until this instance has read as far
     * as the others.
     *
     * @throws DataAccessException if Redis does not answer, or this instance does not read that far
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
            // The stream's last id may be that of a deleted entry.
            case NOWHERE, AHEAD -> id.equals(lastId()) ? Standing.HELD : Standing.OTHER_EPOCH;
        };
    }

    private boolean isOfThisEpoch(Position offset) {
        if (offset.epoch().equals(epoch.text())) {
            return true;
        }
        // Another instance may have begun this epoch just now.
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

    /** Whether the id is the beginning of a stream from which nothing was removed. */
    private static boolean beginsThere(StreamPage page, StreamId id) {
        return id.millis() == 0 && id.sequence() == 0 && page.start().equals(id);
    }

    private StreamId lastId() {
        return StreamId.parse(pages.edges().last());
    }

    private void awaitHead(StreamId id) {
        try {
            if (!ring.awaitHead(id, patience)) {
                throw new QueryTimeoutException("This instance has not read the stream as far as other instances");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("Interrupted while waiting for this instance to read the stream", e);
        }
    }

    /**
     * What follows an id that was {@link Standing#HELD}, or the last page's {@code through}: at most
     * {@value #MOST_EVENTS} events and about 256 KB, and never more than this instance's fan-out has delivered.
     *
     * @throws EventsGoneException if some of it is no longer available
     * @throws DataAccessException if Redis does not answer
     */
    public Page after(StreamId id) {
        EventRing.Part part = ring.after(id, MOST_EVENTS, MOST_BYTES);
        if (part != null) {
            return new Page(open(part.events()), part.through(), true);
        }
        StreamId floor = ring.floor();
        StreamPage page = floor == null ? null : pages.after(id);
        if (floor == null || page == null) {
            throw new EventsGoneException("The events after " + id + " are no longer in the stream");
        }
        StreamId through = floor;
        if (page.through().compareTo(floor) < 0 && page.follows(id)) {
            through = page.through();
        }
        return new Page(open(page.events(id, through)), through, false);
    }

    /** Asked anew for each page: what is withheld changes while its event is kept. */
    private List<PositionedEvent> open(List<PositionedEvent> events) {
        return events.stream().anyMatch(this::isWithheld)
                ? events.stream().filter(event -> !isWithheld(event)).toList()
                : events;
    }

    /** Whether an event of a page was recalled, or has run out, after the page was taken. */
    boolean isWithheld(PositionedEvent event) {
        return withheld.test(event);
    }
}
