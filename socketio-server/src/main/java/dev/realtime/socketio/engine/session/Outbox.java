package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.protocol.EncodedPacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The packets that wait to be sent to one client, in order and bounded by bytes. Guarded by the session's monitor.
 *
 * <p>Nearly always the outbox is empty, or holds one packet until the event loop runs. That packet is kept in a field,
 * since every idle socket would otherwise hold a collection.
 */
final class Outbox {

    /** What a waiting packet holds besides its bytes: objects and a buffer, which outweigh a packet of three bytes. */
    static final int PACKET_OVERHEAD = 128;

    private static final VarHandle BYTES = bytesField();

    private @Nullable EncodedPacket first;
    private @Nullable Deque<EncodedPacket> rest;
    private final long maxBytes;
    private final Backlogs backlogs;
    /** Written under the session's monitor; {@link #bytes()} reads it without. */
    private long bytes;

    Outbox(long maxBytes, Backlogs backlogs) {
        this.maxBytes = maxBytes;
        this.backlogs = backlogs;
    }

    /** Whether these packets may be appended. Anything fits into an empty outbox: the limit is for backlogs. */
    boolean hasRoomFor(List<EncodedPacket> added) {
        long addedBytes = 0;
        for (EncodedPacket packet : added) {
            addedBytes += cost(packet);
        }
        return fits(addedBytes);
    }

    /** Like {@link #hasRoomFor(List)}. */
    boolean hasRoomFor(EncodedPacket added) {
        return fits(cost(added));
    }

    private boolean fits(long added) {
        return first == null || bytes + added <= maxBytes;
    }

    /** Appends a packet; the outbox takes over its reference. */
    void add(EncodedPacket packet) {
        if (first == null) {
            first = packet;
        } else {
            if (rest == null) {
                rest = new ArrayDeque<>();
            }
            rest.addLast(packet);
        }
        count(cost(packet));
    }

    @Nullable
    EncodedPacket poll() {
        EncodedPacket packet = first;
        if (packet != null) {
            count(-cost(packet));
            first = rest == null ? null : rest.pollFirst();
            if (first == null) {
                rest = null;
            }
        }
        return packet;
    }

    /** Removes and returns the only packet; null if there is none or more than one. */
    @Nullable
    EncodedPacket pollOnly() {
        EncodedPacket packet = first;
        if (packet == null || rest != null) {
            return null;
        }
        first = null;
        count(-cost(packet));
        return packet;
    }

    @Nullable
    EncodedPacket peek() {
        return first;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** The queued bytes, overhead included. May be called without the session's monitor. */
    long bytes() {
        return (long) BYTES.getOpaque(this);
    }

    private void count(long more) {
        long before = bytes;
        BYTES.setOpaque(this, before + more);
        // After the write, so that a notified reader sees the new size.
        backlogs.onChange(before, before + more);
    }

    private static VarHandle bytesField() {
        try {
            return MethodHandles.lookup().findVarHandle(Outbox.class, "bytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static int cost(EncodedPacket packet) {
        return packet.size() + PACKET_OVERHEAD;
    }

    void forEach(Consumer<EncodedPacket> action) {
        if (first != null) {
            action.accept(first);
        }
        if (rest != null) {
            rest.forEach(action);
        }
    }

    void clear() {
        for (EncodedPacket packet = poll(); packet != null; packet = poll()) {
            packet.release();
        }
    }
}
