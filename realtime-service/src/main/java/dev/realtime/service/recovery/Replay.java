package dev.realtime.service.recovery;

import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.recovery.MissedEvents.Page;
import dev.realtime.service.recovery.RecoveryMetrics.Source;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends a socket the events after a position, and then adds it to the fan-out, without a gap and without duplicates:
 * the socket is added while no event is being delivered, and only if the last event it was sent is the last one
 * delivered.
 *
 * <p>A socket is sent only as much at a time as its client takes. Thousands that reconnect at once take turns, one page
 * each.
 */
@Component
public final class Replay {

    /** How many pages are sent concurrently. */
    private static final int TURNS = 16;

    /** How many bytes may still be queued for the client when the next page is sent. */
    private static final long QUEUED_AT_MOST = 64 * 1024L;

    private static final Duration FIRST_LOOK = Duration.ofMillis(2);
    private static final Duration SELDOMEST_LOOK = Duration.ofMillis(100);

    private final FanOut fanOut;
    private final MissedEvents missed;
    private final ReplayPackets packets;
    private final Semaphore turns = new Semaphore(TURNS, true);

    Replay(FanOut fanOut, MissedEvents missed, ReplayPackets packets) {
        this.fanOut = fanOut;
        this.missed = missed;
        this.packets = packets;
    }

    /** The recipient of a replay. */
    public interface Receiver {

        PacketQueue queue();

        /** Whether the receiver still wants events. */
        boolean isOpen();

        /** The receiver has everything up to this position. Called once; later events count as live. Must not block. */
        void onCaughtUp(StreamId position, Source source);

        /** An event that has to be confirmed was sent to the receiver. Must not block. */
        default void onToConfirm(PositionedEvent event) {}

        /** Adds the receiver to the fan-out. No event is delivered meanwhile, so this must not block. */
        void onLive();
    }

    /** How a replay ended. */
    public enum Outcome {
        /** The receiver is in the fan-out. */
        LIVE,
        /** The receiver wants no more events. */
        CLOSED,
        /** The next events are no longer available: the replay took too long, or this instance has missed them. */
        GONE
    }

    /**
     * Sends a receiver the events after a position to which its rooms entitle it. Call it on a virtual thread: it waits
     * for the receiver, and for Redis where the ring does not reach back far enough.
     *
     * @param restarts {@link MissedEvents#restarts()}, read before the position was judged: if this instance has missed
     *     events since, so has the receiver
     * @throws org.springframework.dao.DataAccessException if Redis does not answer; the receiver has some of the events
     */
    public Outcome run(Receiver receiver, StreamId from, RoomStays rooms, int restarts) {
        StreamId at = from;
        Source source = Source.RING;
        boolean told = false;
        try {
            while (receiver.isOpen()) {
                Page page = send(receiver, at, rooms, restarts);
                if (page == null) {
                    break;
                }
                source = page.fromRing() ? source : Source.STREAM;
                boolean caughtUp = page.through().equals(at);
                at = page.through();
                if (caughtUp) {
                    if (!told) {
                        told = true;
                        receiver.onCaughtUp(at, source);
                    }
                    if (goLive(receiver, at, restarts)) {
                        return Outcome.LIVE;
                    }
                }
                awaitRoom(receiver);
            }
        } catch (EventsGoneException e) {
            return Outcome.GONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Outcome.CLOSED;
    }

    /** Sends the next page. Returns null if the receiver wants no more events. */
    private @Nullable Page send(Receiver receiver, StreamId after, RoomStays rooms, int restarts)
            throws InterruptedException {
        // Polls, since the holders of the permits may wait for Redis, and a closed receiver must not wait with them.
        while (!turns.tryAcquire(SELDOMEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!receiver.isOpen()) {
                return null;
            }
        }
        try {
            Page page = missed.after(after);
            if (missed.restarts() != restarts) {
                throw new EventsGoneException("This instance missed events meanwhile");
            }
            send(receiver, page.events(), rooms);
            return page;
        } finally {
            turns.release();
        }
    }

    private void send(Receiver receiver, List<PositionedEvent> events, RoomStays rooms) {
        PacketQueue queue = receiver.queue();
        Executor loop = null;
        for (PositionedEvent event : events) {
            if (rooms.entitled(event.id(), event.rooms()) && !missed.isWithheld(event)) {
                EncodedPacket packet = packets.of(event);
                Executor its = queue.offer(packet);
                packet.release();
                if (event.confirmation() != null) {
                    receiver.onToConfirm(event);
                }
                loop = its == null ? loop : its;
            }
        }
        if (loop != null) {
            loop.execute(queue::drain);
        }
    }

    private boolean goLive(Receiver receiver, StreamId at, int restarts) {
        Function<StreamId, Boolean> enter = position -> {
            boolean last = position.equals(at) && missed.restarts() == restarts;
            if (last) {
                receiver.onLive();
            }
            return last;
        };
        return fanOut.atPosition(enter);
    }

    private static void awaitRoom(Receiver receiver) throws InterruptedException {
        Duration look = FIRST_LOOK;
        while (receiver.isOpen() && receiver.queue().queuedBytes() > QUEUED_AT_MOST) {
            Thread.sleep(look);
            look = look.compareTo(SELDOMEST_LOOK) < 0 ? look.multipliedBy(2) : SELDOMEST_LOOK;
        }
    }
}
