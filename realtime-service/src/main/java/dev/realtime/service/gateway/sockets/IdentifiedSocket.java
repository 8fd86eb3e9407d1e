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
import dev.realtime.service.journal.SocketEntry;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A socket with an identity. Its changes run in the connection's mailbox. */
final class IdentifiedSocket implements Subscriber, TransportListener, LiveSession {

    /** Timers count in nanoseconds, which do not reach the year 9999 that some tokens name. */
    private static final Duration LONGEST_TIMER = Duration.ofDays(365);

    private final NamespaceSocket socket;
    private final EngineSession engine;
    /** Null if sessions cannot be recovered. */
    private volatile @Nullable Session session;

    private final AccessPolicy policy;
    private final ClientLimits limits;
    /** The connection's entry in the journal. */
    private final SocketEntry entry = new SocketEntry();

    private volatile Identity identity;
    private volatile @Nullable Member member;
    /** The rooms that the socket joins once it is a member. */
    private volatile Set<Room> entering = Set.of();
    /** The room whose leave is being saved; a full save of the session omits this room meanwhile. */
    private volatile @Nullable Room leaving;

    private @Nullable Timer expiry;
    /** Created on first use: most sockets never ask for a room. */
    private @Nullable TokenBucket roomChanges;

    /** Created on first use, too. */
    private @Nullable TokenBucket confirms;

    /** The caller has counted the socket in its user's limit; the end of the socket gives the place back. */
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

    /** Runs a task in the connection's mailbox, after the packets that the client has sent. */
    void inTurn(Runnable task) {
        socket.inTurn(task);
    }

    /** Closes the connection, with a reason for the client. */
    void close(CloseCode code) {
        socket.close(CloseNotice.of(code));
    }

    /** Closes the connection, with a custom reason for the client. */
    void close(CloseCode code, String reason) {
        socket.close(new CloseNotice(code, reason));
    }

    /** The session that the client can recover; null if sessions cannot be recovered. */
    @Nullable
    Session session() {
        return session;
    }

    SocketEntry entry() {
        return entry;
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    /** Ends the connection immediately and without a close notice, so that the client reconnects. */
    void abandon() {
        socket.abandon();
    }

    /** Holds back everything that is sent, in order, until {@link #uncork()}. */
    void cork() {
        engine.cork();
    }

    void uncork() {
        engine.uncork();
    }

    /**
     * Sends {@code connected}.
     *
     * @param recovered null if sessions cannot be recovered
     * @param position the position after which events follow; null if the session cannot be recovered from there
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

    /** Adds the socket to the fan-out. Never waits. */
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

    /** Sets the rooms that the socket is about to enter. */
    void rooms(Set<Room> rooms) {
        entering = rooms;
    }

    /** Sets the room that the socket is about to leave; null for none. */
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

    /** The socket's member of the rooms; null until the socket is in the fan-out. */
    @Nullable
    Member member() {
        return member;
    }

    /** Takes over the identity of a fresh token; the rooms stay. */
    void become(Identity fresh) {
        identity = fresh;
        watchExpiry();
    }

    /** Whether the rate limit allows one more room change on request. */
    boolean mayChangeRooms() {
        TokenBucket changes = roomChanges;
        if (changes == null) {
            changes = policy.roomChanges();
            roomChanges = changes;
        }
        return changes.take(System.nanoTime());
    }

    /** Whether the rate limit allows one more confirmation. */
    boolean mayConfirm(Supplier<TokenBucket> full) {
        TokenBucket left = confirms;
        if (left == null) {
            left = full.get();
            confirms = left;
        }
        return left.take(System.nanoTime());
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

    /** Closes the socket when its token expires. */
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
