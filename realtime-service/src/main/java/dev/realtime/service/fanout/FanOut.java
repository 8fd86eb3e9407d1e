package dev.realtime.service.fanout;

import dev.realtime.contracts.GatewayEvents;
import dev.realtime.contracts.Room;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Delivers each event to the union of its rooms' members, once to each.
 *
 * <p>The calling thread only queues: it appends the one encoded packet to every socket's own queue, which makes the
 * order the same everywhere, and then wakes each event loop once to write.
 *
 * <p>Lock order: the lock of the fan-out before those of the trail, a member, a room and a queue. Must not block while
 * holding it.
 */
@Component
public final class FanOut {

    private static final StreamId NOWHERE = new StreamId(0, 0);

    private final RoomIndex index;
    private final Supplier<String> epoch;
    private final EventTrail trail;
    private final Addressees addressees;
    private final Withheld withheld;
    private final Counter deliveries;
    private long number;
    /** The number of the last round at the previous {@link #keepFresh()}. */
    private long numberAtBeat;

    private StreamId positionAtBeat = NOWHERE;
    private volatile @Nullable StreamId position;

    @Autowired
    FanOut(
            RoomIndex index,
            Epoch epoch,
            List<EventTrail> trails,
            Addressees addressees,
            Withheld withheld,
            MeterRegistry meters) {
        this(index, epoch::text, EventTrail.all(List.copyOf(trails)), addressees, withheld, meters);
    }

    /** Uses another source of the epoch, tells nobody of addressees, and withholds nothing. */
    public FanOut(RoomIndex index, Supplier<String> epoch, EventTrail trail, MeterRegistry meters) {
        this(index, epoch, trail, Addressees.NONE, Withheld.NOTHING, meters);
    }

    /** Uses another source of the epoch. */
    FanOut(
            RoomIndex index,
            Supplier<String> epoch,
            EventTrail trail,
            Addressees addressees,
            Withheld withheld,
            MeterRegistry meters) {
        this.index = index;
        this.epoch = epoch;
        this.trail = trail;
        this.addressees = addressees;
        this.withheld = withheld;
        this.deliveries = Counter.builder("realtime.fanout.deliveries")
                .description("Packets queued to sockets by the fan-out")
                .register(meters);
    }

    /** Delivers an event without known members. */
    public int deliver(PositionedEvent event) {
        return deliver(event, KnownMembers.NONE);
    }

    /**
     * Delivers an event, unless it is {@link Withheld}. Calls are serialized: their order is the order at every socket.
     *
     * @param members the known members of the event's payload, for the trails
     * @return the number of sockets that the event was queued to
     */
    public synchronized int deliver(PositionedEvent event, KnownMembers members) {
        if (withheld.test(event)) {
            pass(event.id());
            return 0;
        }
        position = event.id();
        trail.append(event, members);
        Round round = new Round(event.name(), event.payload(), Position.text(epoch.get(), event.id()), ++number);
        if (event.confirmation() != null) {
            round.remember();
        }
        try {
            for (Room room : event.rooms()) {
                index.forEachIn(room, round::offer);
            }
        } finally {
            round.end();
        }
        deliveries.increment(round.offered());
        if (event.confirmation() != null) {
            addressees.written(event, round.remembered());
        }
        return round.offered();
    }

    /** A record of the stream was read that goes to no socket. */
    public synchronized void pass(StreamId id) {
        position = id;
        trail.pass(id);
    }

    /**
     * Delivers an event the same way to a single queue that belongs to no socket, is in no room, and is not counted.
     */
    public synchronized void deliverTo(PacketQueue queue, String name, byte[] payload) {
        Round round = new Round(name, payload, "", number);
        try {
            round.offerTo(queue);
        } finally {
            round.end();
        }
    }

    /**
     * The id of the last record read from the stream; at first the id that reading began after, 0-0 before that is
     * known.
     */
    public StreamId position() {
        StreamId now = position;
        return now == null ? NOWHERE : now;
    }

    /** Sets the id after which reading begins, unless reading has begun already. */
    public synchronized void beginAfter(StreamId id) {
        if (position == null) {
            position = id;
            trail.restart(id);
        }
    }

    /**
     * Runs an action while no event is delivered, so that every join, leave or entry in the action happens exactly at
     * the position passed to it. The action must be short and must not block, since every event waits for it.
     */
    public synchronized <T> T atPosition(Function<StreamId, T> action) {
        return action.apply(position());
    }

    /**
     * Runs an action at a position as {@link #atPosition} does, and then holds back what the member is offered, so that
     * something about that position can be queued to it first. {@link #letGo} must follow, within milliseconds: what is
     * held back is bounded by nothing else.
     */
    public synchronized <T> T holdAt(Member member, Function<StreamId, T> action) {
        T result = action.apply(position());
        member.held = new ArrayList<>();
        return result;
    }

    /** Queues what was held back from a member, in order. */
    public synchronized void letGo(Member member) {
        List<EncodedPacket> held = member.held;
        member.held = null;
        if (held == null) {
            return;
        }
        Executor loop = null;
        for (EncodedPacket packet : held) {
            Executor its = member.queue.offer(packet);
            packet.release();
            loop = its == null ? loop : its;
        }
        if (loop != null) {
            loop.execute(member.queue::drain);
        }
    }

    /**
     * Stops all deliveries to the current members, for good: they have missed events, and one more would hide the gap.
     * Members that enter from now on get the next events. Called before the next record is delivered.
     *
     * @param after the id after which reading continues
     * @return the number of members
     */
    public synchronized int abandon(StreamId after) {
        position = after;
        trail.restart(after);
        int[] count = new int[1];
        index.forEachIn(Room.EVERYONE, member -> {
            member.lastOffered = Member.ABANDONED;
            count[0]++;
        });
        return count[0];
    }

    /**
     * Sends the current position to the members that were offered nothing since the last call, so that the last offset
     * they know stays in the stream and can be recovered from.
     *
     * @return the number of members it was sent to
     */
    public synchronized int keepFresh() {
        StreamId now = position();
        int offered = 0;
        if (!now.equals(positionAtBeat)) {
            long before = numberAtBeat;
            Round round = new Round(GatewayEvents.POSITION, null, Position.text(epoch.get(), now), ++number);
            try {
                index.forEachIn(Room.EVERYONE, member -> {
                    if (member.wantsPositions && member.lastOffered <= before) {
                        round.offer(member);
                    }
                });
            } finally {
                round.end();
            }
            offered = round.offered();
        }
        positionAtBeat = now;
        numberAtBeat = number;
        return offered;
    }
}
