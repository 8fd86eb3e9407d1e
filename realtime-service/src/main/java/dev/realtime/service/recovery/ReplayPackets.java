package dev.realtime.service.recovery;

import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.socketio.protocol.EncodedPacket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Encoded frames for replays: each event is encoded once for all replays at about the same time, byte for byte as the
 * fan-out writes it. Keeps at most 8 MB of frames, for a few seconds each; the oldest are evicted first. Thread-safe.
 */
@Component
public final class ReplayPackets extends Beating {

    static final long MOST_BYTES = 8 * 1024 * 1024;

    private static final Duration KEPT = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration OTHERWISE = Duration.ofMinutes(1);

    /** What a frame costs in addition to its bytes. */
    private static final int OVERHEAD = 200;

    private final Epoch epoch;
    private final long mostBytes;
    /** Frames by position, each with one reference; guarded by this, as are all fields below. */
    private final Map<String, EncodedPacket> packets = new HashMap<>();

    private final Deque<Kept> oldestFirst = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    private record Kept(String position, long since, long bytes) {}

    @Autowired
    ReplayPackets(Epoch epoch) {
        this(epoch, MOST_BYTES);
    }

    /** Creates a cache of at most this many bytes. */
    ReplayPackets(Epoch epoch, long mostBytes) {
        super("replay-packets");
        this.epoch = epoch;
        this.mostBytes = mostBytes;
    }

    /** The frame of an event with its position. The caller must release its own reference. */
    public EncodedPacket of(PositionedEvent event) {
        String position = Position.text(epoch.text(), event.id());
        synchronized (this) {
            EncodedPacket known = packets.get(position);
            if (known != null) {
                return known.retain();
            }
        }
        EncodedPacket packet = EncodedPacket.event(event.name(), event.payload(), position);
        keep(position, packet);
        stir();
        return packet;
    }

    private synchronized void keep(String position, EncodedPacket packet) {
        if (closed || packets.putIfAbsent(position, packet) != null) {
            return;
        }
        packet.retain();
        oldestFirst.addLast(new Kept(position, System.nanoTime(), packet.size() + OVERHEAD));
        bytes += packet.size() + OVERHEAD;
        while (bytes > mostBytes) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        Kept kept = oldestFirst.removeFirst();
        bytes -= kept.bytes();
        EncodedPacket packet = packets.remove(kept.position());
        if (packet != null) {
            packet.release();
        }
    }

    @Override
    protected Duration beat() {
        // While frames still come, one may have come after the look: it would wait for the next wake, not for this
        // beat.
        return forgetOld(System.nanoTime()) || isLively() ? INTERVAL : OTHERWISE;
    }

    /** Evicts frames that are too old. Returns whether any remain. */
    private synchronized boolean forgetOld(long now) {
        while (!oldestFirst.isEmpty() && now - oldestFirst.getFirst().since() > KEPT.toNanos()) {
            forgetOldest();
        }
        return !oldestFirst.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
    }

    @Override
    public void start() {
        synchronized (this) {
            closed = false;
        }
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        synchronized (this) {
            closed = true;
            while (!oldestFirst.isEmpty()) {
                forgetOldest();
            }
        }
    }
}
