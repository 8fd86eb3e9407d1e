package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Carries one event to the union of its rooms' members, once to each.
 *
 * <p>The calling thread only queues: it appends the one encoded packet to every socket's own queue, which is what makes
 * the order the same everywhere, and then wakes each event loop once to write.
 */
@Component
public final class FanOut {

    private final RoomIndex index;
    private final Counter deliveries;
    private long number;

    public FanOut(RoomIndex index, MeterRegistry meters) {
        this.index = index;
        this.deliveries = Counter.builder("realtime.fanout.deliveries")
                .description("Packets queued to sockets by the fan-out")
                .register(meters);
    }

    /**
     * Delivers an event. Calls are taken one after the other: their order is the order at every socket.
     *
     * @param name the event's wire name
     * @param payload the event's argument, JSON in UTF-8
     * @return to how many sockets it was queued
     */
    public synchronized int deliver(String name, byte[] payload, Collection<Room> rooms) {
        number++;
        EncodedPacket packet = EncodedPacket.event(name, payload);
        Round round = new Round(packet, number);
        try {
            rooms.forEach(room -> index.forEachIn(room, round::offer));
        } finally {
            packet.release();
            round.wake();
        }
        deliveries.increment(round.offered);
        return round.offered;
    }

    /** Takes an event the same way to one queue that is nobody's: it is in no room, and counted nowhere. */
    public synchronized void deliverTo(PacketQueue queue, String name, byte[] payload) {
        EncodedPacket packet = EncodedPacket.event(name, payload);
        Round round = new Round(packet, number);
        try {
            round.offer(queue);
        } finally {
            packet.release();
            round.wake();
        }
    }

    /** One event on its way to everybody concerned. */
    private static final class Round {

        private final EncodedPacket packet;
        private final long number;
        private final Map<Executor, List<PacketQueue>> toWake = new IdentityHashMap<>();
        private int offered;

        /** The loop of the one before and its list: with few loops it is the next one's too. */
        private @Nullable Executor loop;

        private List<PacketQueue> ofLoop = List.of();

        Round(EncodedPacket packet, long number) {
            this.packet = packet;
            this.number = number;
        }

        void offer(Member member) {
            // A member of several of the rooms is met several times; the mark says that it has been served.
            if (member.lastOffered == number) {
                return;
            }
            member.lastOffered = number;
            offered++;
            offer(member.queue);
        }

        void offer(PacketQueue queue) {
            Executor its = queue.offer(packet);
            if (its != null) {
                if (its != loop) {
                    loop = its;
                    ofLoop = toWake.computeIfAbsent(its, absent -> new ArrayList<>());
                }
                ofLoop.add(queue);
            }
        }

        void wake() {
            toWake.forEach((loop, queues) -> loop.execute(() -> queues.forEach(PacketQueue::drain)));
        }
    }
}
