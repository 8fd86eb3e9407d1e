package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Connected;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.ClientInfo;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.limits.ClientLimits;
import dev.realtime.service.gateway.server.CloseNotice;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.Grants;
import dev.realtime.service.recovery.LiveSession;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.Handshake;
import dev.realtime.socketio.engine.session.TokenBucket;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.socketio.server.NamespaceSocket;
import dev.realtime.socketio.server.TransportListener;
import dev.realtime.socketio.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A socket with an identity. What changes it runs in its connection's turn. */
final class IdentifiedSocket implements Subscriber, TransportListener, LiveSession {

    /** Timers count in nanoseconds and do not reach the year 9999 of some tokens. */
    private static final Duration LONGEST_TIMER = Duration.ofDays(365);

    private final NamespaceSocket socket;
    private final EngineSession engine;
    /** Null where clients cannot come back. */
    private volatile @Nullable Session session;

    private final AccessPolicy policy;
    private final ClientLimits limits;
    private volatile Identity identity;
    private volatile @Nullable Member member;
    /** The rooms it will be in once it is a member. */
    private volatile Set<Room> entering = Set.of();
    /** The room whose leave is being saved: what is saved as a whole meanwhile is without it. */
    private volatile @Nullable Room leaving;

    private @Nullable Timer expiry;
    /** Made when it is first needed: most sockets never ask for a room. */
    private @Nullable TokenBucket roomChanges;

    /** One that has entered the limits' count of its user; its end takes it out. */
    IdentifiedSocket(
            NamespaceSocket socket,
            AccessPolicy policy,
            ClientLimits limits,
            Identity identity,
            @Nullable Session session) {
        this.socket = socket;
        this.engine = socket.session();
        this.session = session;
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
        Handshake handshake = engine.handshake();
        return new ClientInfo(
                handshake.clientAddress().getHostAddress(), handshake.revision().number(), handshake.userAgent());
    }

    @Override
    public String transport() {
        return engine.transportName();
    }

    @Override
    public PacketQueue queue() {
        return engine;
    }

    SocketState state() {
        return new SocketState(socketId(), identity, Duration.ofNanos(System.nanoTime() - socket.heardAt()));
    }

    @Override
    public boolean wantsPositions() {
        return session != null;
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
        socket.close(CloseNotice.of(code));
    }

    /** Closes the connection, with a reason of somebody's own for the client. */
    void close(CloseCode code, String reason) {
        socket.close(new CloseNotice(code, reason));
    }

    /** What its client can come back to; null where clients cannot. */
    @Nullable
    Session session() {
        return session;
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    /** Ends the connection at once and without a word, so that its client comes back. */
    void abandon() {
        socket.abandon();
    }

    /** Holds everything back, in order, until {@link #uncork()}. */
    void cork() {
        engine.cork();
    }

    void uncork() {
        engine.uncork();
    }

    /**
     * Says {@code connected}.
     *
     * @param recovered null where clients cannot come back
     * @param position from where on events come; null where that is nothing to come back to
     */
    void greet(Set<Room> rooms, @Nullable Boolean recovered, @Nullable Position position) {
        String text = position == null ? null : position.toString();
        Connected connected = new Connected(
                identity.userId(),
                identity.role(),
                identity.name(),
                socketId(),
                rooms.stream().map(Room::toString).toList(),
                recovered,
                text);
        if (text == null) {
            socket.emit(GatewayEvents.CONNECTED, connected);
        } else {
            socket.emit(GatewayEvents.CONNECTED, connected, text);
        }
    }

    /** Takes part in the fan-out from now on. Does not wait. */
    void goLive(RoomIndex index, Set<Room> rooms) {
        Member entered = index.enter(this);
        member = entered;
        rooms.forEach(room -> entered.join(room, Integer.MAX_VALUE));
        entering = Set.of();
        Session resumed = session;
        if (resumed != null) {
            session = new Session(resumed.ref(), null);
        }
    }

    /** It is on its way into these rooms. */
    void rooms(Set<Room> rooms) {
        entering = rooms;
    }

    /** It is on its way out of this room; null when it is not, or not any more. */
    void leaving(@Nullable Room room) {
        leaving = room;
    }

    void leave() {
        if (member != null) {
            member.leaveAll();
        }
        stopWatchingExpiry();
        limits.leaveUser(identity.userKey());
    }

    /** Its member of the rooms; null until it takes part in the fan-out. */
    @Nullable
    Member member() {
        return member;
    }

    /** Takes over what a fresh token says, but for the rooms. */
    void become(Identity fresh) {
        identity = fresh;
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

    @Override
    public String grants() {
        return Grants.of(identity.role(), policy.roomsAtOnce(identity));
    }

    @Override
    public Collection<Room> savedRooms() {
        Member current = member;
        Set<Room> rooms = new LinkedHashSet<>(current == null ? entering : current.rooms());
        rooms.remove(leaving);
        Room.role(identity.role()).ifPresent(rooms::add);
        return rooms;
    }

    @Override
    public void onTakenOver() {
        abandon();
    }

    /** Closes it when its token runs out. */
    void watchExpiry() {
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
            engine.timers().plan(planned, left.isNegative() ? Duration.ZERO : left);
        }
    }

    private void stopWatchingExpiry() {
        if (expiry != null) {
            engine.timers().cancel(expiry);
            expiry = null;
        }
    }
}
