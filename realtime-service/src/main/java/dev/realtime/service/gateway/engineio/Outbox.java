package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to one client, in order and bounded by bytes. Guarded by its session. */
final class Outbox {

    /** What a waiting packet holds besides its bytes: objects and a buffer, which outweigh a packet of three bytes. */
    static final int PACKET_OVERHEAD = 128;

    private final Deque<EncodedPacket> packets = new ArrayDeque<>(4);
    private final long maxBytes;
    private long bytes;

    Outbox(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether these may be appended. A message always fits into an empty outbox: the bound is for a backlog. */
    boolean hasRoomFor(List<EncodedPacket> added) {
        long addedBytes = 0;
        for (EncodedPacket packet : added) {
            addedBytes += cost(packet);
        }
        return packets.isEmpty() || bytes + addedBytes <= maxBytes;
    }

    /** Appends a packet, whose reference is the outbox's from then on. */
    void add(EncodedPacket packet) {
        packets.addLast(packet);
        bytes += cost(packet);
    }

    @Nullable
    EncodedPacket poll() {
        EncodedPacket packet = packets.pollFirst();
        if (packet != null) {
            bytes -= cost(packet);
        }
        return packet;
    }

    @Nullable
    EncodedPacket peek() {
        return packets.peekFirst();
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    private static int cost(EncodedPacket packet) {
        return packet.size() + PACKET_OVERHEAD;
    }

    void clear() {
        packets.forEach(EncodedPacket::release);
        packets.clear();
        bytes = 0;
    }
}
