package dev.realtime.service.recovery;

import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.recovery.MissedEvents.Page;
import dev.realtime.service.recovery.RecoveryMetrics.Source;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.wire.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings a socket the events after a position, and then has it take part in the fan-out, with nothing between and nothing
 * twice: it is entered while no event is delivered, and only when the last event it was brought is the last one delivered.
 *
 * <p>What a socket is brought is as much at a time as it takes. Thousands that come back at once take turns, a page each.
 */
@Component
public final class Replay {

    /** How many pages are sent at the same time. */
    private static final int TURNS = 16;

    /** What may still wait for the client when the next page is sent. */
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

    /** Who is brought what it missed. */
    public interface Receiver {

        PacketQueue queue();

        /** Whether it still wants to be brought anything. */
        boolean isOpen();

        /** It has everything up to here; called once, and what comes later is as good as live. Must not wait. */
        void onCaughtUp(StreamId position, Source source);

        /** Takes part in the fan-out from now on. No event is delivered meanwhile: must not wait. */
        void onLive();
    }

    /** How it ended. */
    public enum Outcome {
        /** The receiver takes part in the fan-out. */
        LIVE,
        /** It wants nothing any more. */
        CLOSED,
        /** What it should get next is no longer known: it took too long, or this instance has missed it. */
        GONE
    }

    /**
     * Brings a receiver the events after a position that its rooms entitle it to. To be called on a virtual thread; waits for
     * the receiver, and for Redis where the ring does not reach.
     *
     * @param restarts {@link MissedEvents#restarts()} before it was known that the position is good: when this instance has
     *     missed events since, the receiver has missed them too
     * @throws org.springframework.dao.DataAccessException when Redis does not answer: the receiver has got a part of it
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

    /** Sends the next page; null when the receiver wants nothing any more. */
    private @Nullable Page send(Receiver receiver, StreamId after, RoomStays rooms, int restarts)
            throws InterruptedException {
        // Whoever has a turn may wait for Redis, and nobody who has gone waits for a turn.
        while (!turns.tryAcquire(SELDOMEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!receiver.isOpen()) {
                return null;
            }
        }
        try {
            Page page = missed.after(after);
            if (missed.restarts() != restarts) {
                throw new EventsGoneException("This instance has missed events meanwhile");
            }
            send(receiver.queue(), page.events(), rooms);
            return page;
        } finally {
            turns.release();
        }
    }

    private void send(PacketQueue queue, List<PositionedEvent> events, RoomStays rooms) {
        Executor loop = null;
        for (PositionedEvent event : events) {
            if (rooms.entitled(event.id(), event.rooms())) {
                EncodedPacket packet = packets.of(event);
                Executor its = queue.offer(packet);
                packet.release();
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
