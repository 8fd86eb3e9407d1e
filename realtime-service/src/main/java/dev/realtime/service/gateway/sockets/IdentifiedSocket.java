package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Connected;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.PacketQueue;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.engineio.EngineSession;
import dev.realtime.service.gateway.engineio.Handshake;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.limits.TokenBucket;
import dev.realtime.service.gateway.socketio.NamespaceSocket;
import dev.realtime.service.gateway.socketio.TransportListener;
import dev.realtime.service.gateway.timers.Timer;
import dev.realtime.service.identity.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A socket with an identity. What changes it runs in its connection's turn. */
final class IdentifiedSocket implements Subscriber, TransportListener {

    /** Timers count in nanoseconds and do not reach the year 9999 of some tokens. */
    private static final Duration LONGEST_TIMER = Duration.ofDays(365);

    private final NamespaceSocket socket;
    private final EngineSession session;
    private final AccessPolicy policy;
    private final ClientLimits limits;
    private volatile Identity identity;
    private volatile @Nullable Member member;
    private @Nullable Timer expiry;
    /** Made when it is first needed: most sockets never ask for a room. */
    private @Nullable TokenBucket roomChanges;

    /** One that has entered the limits' count of its user; its end takes it out. */
    IdentifiedSocket(NamespaceSocket socket, AccessPolicy policy, ClientLimits limits, Identity identity) {
        this.socket = socket;
        this.session = socket.session();
        this.policy = policy;
        this.limits = limits;
        this.identity = identity;
    }

    static IdentifiedSocket of(NamespaceSocket socket) {
        if (socket.attachment() instanceof IdentifiedSocket identified) {
            return identified;
        }
        throw new IllegalStateException("A socket was admitted without an identity");
    }

    UUID id() {
        return socket.id();
    }

    @Override
    public String socketId() {
        return socket.id().toString();
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public ClientInfo client() {
        Handshake handshake = session.handshake();
        return new ClientInfo(
                handshake.clientAddress().getHostAddress(), handshake.revision().number(), handshake.userAgent());
    }

    @Override
    public String transport() {
        return session.transportName();
    }

    @Override
    public PacketQueue queue() {
        return session;
    }

    @Override
    public boolean wantsPositions() {
        return false;
    }

    @Override
    public void onTransport() {
        if (member != null) {
            member.touch();
        }
    }

    /** Runs something in the connection's turn, behind the packets that the client has sent. */
    void inTurn(Runnable task) {
        socket.inTurn(task);
    }

    /** Closes the connection, with a reason for the client. */
    void close(CloseCode code) {
        socket.close(code);
    }

    /** Closes the connection, with a reason of somebody's own for the client. */
    void close(CloseCode code, String reason) {
        socket.close(code, reason);
    }

    /**
     * Says {@code connected} and enters the rooms. Nothing is written in between, so that {@code connected} is the first
     * event, and whoever has read it is in the rooms already.
     */
    void enter(RoomIndex index) {
        Set<Room> rooms = policy.roomsAtOnce(identity);
        session.cork();
        try {
            socket.emit(
                    GatewayEvents.CONNECTED,
                    new Connected(
                            identity.userId(),
                            identity.role(),
                            identity.name(),
                            socketId(),
                            rooms.stream().map(Room::toString).toList()));
            Member entered = index.enter(this);
            member = entered;
            rooms.forEach(room -> entered.join(room, Integer.MAX_VALUE));
        } finally {
            session.uncork();
        }
        watchExpiry();
    }

    void leave() {
        if (member != null) {
            member.leaveAll();
        }
        stopWatchingExpiry();
        limits.leaveUser(identity.userKey());
    }

    /** Takes over what a fresh token says: rooms it does not allow are left, rooms it brings are joined. */
    void refresh(Identity fresh) {
        identity = fresh;
        Member current = member;
        if (current != null) {
            current.rooms().stream()
                    .filter(room -> !policy.mayJoin(fresh, room))
                    .forEach(current::leave);
            policy.roomsAtOnce(fresh).forEach(room -> current.join(room, Integer.MAX_VALUE));
            current.touch();
        }
        watchExpiry();
    }

    /** Whether it may change its rooms once more now, as it asks to. */
    boolean mayChangeRooms() {
        TokenBucket changes = roomChanges;
        if (changes == null) {
            changes = policy.roomChanges();
            roomChanges = changes;
        }
        return changes.take(System.nanoTime());
    }

    /** Joins a room; false when there are as many as one socket may have. */
    boolean join(Room room) {
        return member != null && member.join(room, policy.maxRooms());
    }

    /** Leaves a room; not to be in it is fine. False when it is one that the identity cannot leave. */
    boolean leave(Room room) {
        if (!policy.mayLeave(identity, room)) {
            return false;
        }
        if (member != null) {
            member.leave(room);
        }
        return true;
    }

    private void watchExpiry() {
        stopWatchingExpiry();
        Instant expiresAt = identity.expiresAt();
        if (expiresAt == null) {
            return;
        }
        Duration left = Duration.between(Instant.now(), expiresAt);
        if (left.compareTo(LONGEST_TIMER) < 0) {
            Timer planned = new Timer() {
                @Override
                protected void onTime() {
                    close(CloseCode.TOKEN_EXPIRED);
                }
            };
            expiry = planned;
            session.timers().plan(planned, left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void stopWatchingExpiry() {
        if (expiry != null) {
            session.timers().cancel(expiry);
            expiry = null;
        }
    }
}
