package dev.realtime.service.fanout;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One event on its way through the fan-out. Its packets are encoded when the first member is offered them. */
final class Round {

    private final String name;
    private final byte @Nullable [] payload;
    private final String position;
    private final long number;
    private @Nullable EncodedPacket plain;
    private @Nullable EncodedPacket positioned;
    private final Map<Executor, List<PacketQueue>> toWake = new IdentityHashMap<>();
    private int offered;
    /** Whom the event was offered to; null unless somebody wants to know. */
    private @Nullable List<Subscriber> remembered;

    /** The previous queue's event loop and its list: with few loops, the next queue is often on the same one. */
    private @Nullable Executor loop;

    private List<PacketQueue> ofLoop = List.of();

    /**
     * Creates a round; call {@link #end()} when done.
     *
     * @param payload the event's argument; null for an event with its position alone
     * @param number larger than that of every earlier round
     */
    Round(String name, byte @Nullable [] payload, String position, long number) {
        this.name = name;
        this.payload = payload;
        this.position = position;
        this.number = number;
    }

    /** The number of members that the event was offered to. */
    int offered() {
        return offered;
    }

    /** Remembers from now on whom the event is offered to. */
    void remember() {
        remembered = new ArrayList<>();
    }

    List<Subscriber> remembered() {
        return remembered == null ? List.of() : remembered;
    }

    void offer(Member member) {
        // A member of several of the rooms comes up several times. The mark means: already served, or abandoned.
        if (member.lastOffered >= number) {
            return;
        }
        member.lastOffered = number;
        offered++;
        if (remembered != null) {
            remembered.add(member.subscriber());
        }
        EncodedPacket packet = member.wantsPositions ? positioned() : plain();
        List<EncodedPacket> held = member.held;
        if (held == null) {
            offer(member.queue, packet);
        } else {
            held.add(packet.retain());
        }
    }

    /** Offers the plain packet to a queue that belongs to no member. */
    void offerTo(PacketQueue queue) {
        offer(queue, plain());
    }

    private EncodedPacket plain() {
        EncodedPacket packet = plain;
        if (packet == null) {
            packet = payload == null ? EncodedPacket.event(name, position) : EncodedPacket.event(name, payload);
            plain = packet;
        }
        return packet;
    }

    private EncodedPacket positioned() {
        EncodedPacket packet = positioned;
        if (packet == null) {
            packet = payload == null
                    ? EncodedPacket.event(name, position)
                    : EncodedPacket.event(name, payload, position);
            positioned = packet;
        }
        return packet;
    }

    private void offer(PacketQueue queue, EncodedPacket packet) {
        Executor its = queue.offer(packet);
        if (its != null) {
            if (its != loop) {
                loop = its;
                ofLoop = toWake.computeIfAbsent(its, absent -> new ArrayList<>());
            }
            ofLoop.add(queue);
        }
    }

    /** Releases the packets, and wakes each event loop once. */
    void end() {
        if (plain != null) {
            plain.release();
        }
        if (positioned != null) {
            positioned.release();
        }
        toWake.forEach((loop, queues) -> loop.execute(() -> queues.forEach(PacketQueue::drain)));
    }
}
