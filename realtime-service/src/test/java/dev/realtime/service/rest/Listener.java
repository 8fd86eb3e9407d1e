package dev.realtime.service.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.identity.Identity;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands where a socket would: in the rooms, keeping the packets it would write. */
public final class Listener implements Subscriber, AutoCloseable {

    private final String socketId = UUID.randomUUID().toString();
    private final Identity identity;
    private final String transport;
    private final boolean wantsPositions;
    private final Member member;
    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private volatile long queuedBytes;

    public Listener(RoomIndex index, Identity identity, String transport, Room... rooms) {
        this(index, identity, transport, false, rooms);
    }

    private Listener(RoomIndex index, Identity identity, String transport, boolean wantsPositions, Room... rooms) {
        this.identity = identity;
        this.transport = transport;
        this.wantsPositions = wantsPositions;
        this.member = index.enter(this);
        for (Room room : rooms) {
            member.join(room, 100);
        }
    }

    /** Somebody in these rooms. */
    public static Listener in(TestService service, Room... rooms) {
        return new Listener(
                service.rooms(), new Identity("listener", null, null, null, List.of(), null), "websocket", rooms);
    }

    /** Somebody in these rooms whose events have their position with them. */
    public static Listener positioned(RoomIndex index, Room... rooms) {
        return new Listener(
                index, new Identity("listener", null, null, null, List.of(), null), "websocket", true, rooms);
    }

    /** The next packet, as it would be on the wire. */
    public String next() throws InterruptedException {
        String packet = packets.poll(10, TimeUnit.SECONDS);
        if (packet == null) {
            throw new AssertionError("No packet came");
        }
        return packet;
    }

    /** Those that are here already. */
    public List<String> soFar() {
        return List.copyOf(packets);
    }

    @Override
    public String socketId() {
        return socketId;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public ClientInfo client() {
        return new ClientInfo("127.0.0.1", 4, null);
    }

    @Override
    public boolean wantsPositions() {
        return wantsPositions;
    }

    @Override
    public String transport() {
        return transport;
    }

    /** Lets so many bytes wait for it. */
    public void queue(long bytes) {
        queuedBytes = bytes;
    }

    @Override
    public PacketQueue queue() {
        return new PacketQueue() {
            @Override
            public @Nullable Executor offer(EncodedPacket packet) {
                packets.add(packet.payload().toString(UTF_8));
                return null;
            }

            @Override
            public void drain() {
                // Nothing is queued.
            }

            @Override
            public long queuedBytes() {
                return queuedBytes;
            }
        };
    }

    @Override
    public void close() {
        member.leaveAll();
    }
}
