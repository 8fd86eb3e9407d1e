package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.position.Position;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What a client missed since a position: from the ring in memory, and what is older from shared pages of the stream. May
 * wait for Redis; to be called on threads that may block. Thread-safe.
 */
@Component
public final class MissedEvents {

    /** The most events of one page. */
    public static final int MOST_EVENTS = 500;

    /** The most bytes of one page; its last event may reach beyond. */
    public static final long MOST_BYTES = 256 * 1024;

    private final EventRing ring;

    MissedEvents(EventRing ring) {
        this.ring = ring;
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
     * Judges where a client wants to go on. Waits at most 10 s until this instance has read as far as others have.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer, or this instance does not get there
     */
    public Standing judge(Position offset) {
        return ring.holds(offset.id()) ? Standing.HELD : Standing.EXPIRED;
    }

    /**
     * What follows an id that was {@link Standing#HELD}, or the last page's {@code through}: at most {@value #MOST_EVENTS}
     * events and about 256 KB.
     *
     * @throws EventsGoneException when that is known no more
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public Page after(StreamId id) {
        EventRing.Part part = ring.after(id, MOST_EVENTS, MOST_BYTES);
        if (part == null) {
            throw new EventsGoneException("Nothing is known since " + id);
        }
        return new Page(part.events(), part.through(), true);
    }
}
