package dev.realtime.service.gateway.sockets;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import dev.realtime.contracts.Ack;
import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.GatewayEvents;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Room;
import dev.realtime.service.board.NotReadyException;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.server.CloseNotice;
import dev.realtime.service.gateway.sockets.Answers.RefusedException;
import dev.realtime.service.gateway.sockets.RoomChanges.NotSavedException;
import dev.realtime.service.gateway.sockets.RoomChanges.Result;
import dev.realtime.service.gateway.sockets.RoomChanges.SnapshotSender;
import dev.realtime.service.identity.Blocks;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.identity.TokenException;
import dev.realtime.service.identity.TokenVerifier;
import dev.realtime.service.journal.Journal;
import dev.realtime.service.journal.SocketNote;
import dev.realtime.service.recovery.SessionKeeper;
import dev.realtime.socketio.server.NamespaceSocket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** What a socket with an identity can do: join a room, leave a room, and present a fresh token. */
@Component
public final class SocketListeners {

    private final Entrance entrance;
    private final RoomChanges rooms;
    private final SessionKeeper keeper;
    private final Sockets sockets;
    private final AccessPolicy policy;
    private final TokenVerifier tokens;
    private final Blocks blocks;
    private final Answers answers;
    private final Journal journal;

    SocketListeners(
            Entrance entrance,
            RoomChanges rooms,
            SessionKeeper keeper,
            Sockets sockets,
            AccessPolicy policy,
            TokenVerifier tokens,
            Blocks blocks,
            Answers answers,
            Journal journal) {
        this.entrance = entrance;
        this.rooms = rooms;
        this.keeper = keeper;
        this.sockets = sockets;
        this.policy = policy;
        this.tokens = tokens;
        this.blocks = blocks;
        this.answers = answers;
        this.journal = journal;
    }

    @OnConnect
    public void onConnect(SocketIOClient client) {
        IdentifiedSocket socket = socket(client);
        sockets.enter(socket);
        if (!socket.isOpen()) {
            // Another socket may have recovered this session meanwhile, under the same id.
            sockets.leave(socket);
            return;
        }
        journal.enter(socket.entry(), socket.identity().userKey(), socket.socketId(), socket.queue());
        entrance.enter(socket);
        // The user was blocked between the token check and the entrance, when the socket could not be found and closed.
        if (blocks.blockedUntil(socket.identity().userKey()).isPresent()) {
            socket.close(CloseCode.USER_BLOCKED);
        }
    }

    @OnDisconnect
    public void onDisconnect(SocketIOClient client) {
        IdentifiedSocket socket = socket(client);
        sockets.leave(socket);
        journal.leave(socket.entry(), code(NamespaceSocket.of(client)));
        socket.leave();
        Session session = socket.session();
        if (session == null) {
            return;
        }
        if (NamespaceSocket.of(client).mayComeBack()) {
            keeper.park(session.ref());
        } else {
            keeper.end(session.ref());
        }
    }

    /** Why a socket has ended, as the journal names it. */
    private static String code(NamespaceSocket socket) {
        if (socket.farewell() instanceof CloseNotice notice) {
            return notice.code().code();
        }
        return socket.mayComeBack() ? SocketNote.GONE : SocketNote.LEFT;
    }

    @OnEvent(GatewayEvents.JOIN_ROOM)
    public void onJoinRoom(SocketIOClient client, @Nullable JsonNode data, AckRequest ack) {
        answers.answer(client, ack, () -> {
            Room room = room(data);
            IdentifiedSocket socket = socket(client);
            if (!policy.mayJoin(socket.identity(), room)) {
                journal.refuse(socket.entry(), room, ErrorCode.ROOM_FORBIDDEN.code());
                throw new RefusedException(ErrorCode.ROOM_FORBIDDEN, "You may not join this room.");
            }
            countRoomChange(socket);
            if (wantsSnapshot(data) && ack.isAckRequested()) {
                joinWithSnapshot(socket, room, ack);
                return null;
            }
            Result joined = saved(() -> rooms.join(socket, room));
            if (!joined.done()) {
                journal.refuse(socket.entry(), room, ErrorCode.ROOM_LIMIT.code());
                throw tooManyRooms();
            }
            return Ack.done(room, joined.position());
        });
    }

    private void joinWithSnapshot(IdentifiedSocket socket, Room room, AckRequest ack) throws RefusedException {
        try {
            SnapshotSender sender = (position, snapshot) -> ack.sendAckData(Ack.done(room, position, snapshot));
            if (!saved(() -> rooms.join(socket, room, sender))) {
                journal.refuse(socket.entry(), room, ErrorCode.ROOM_LIMIT.code());
                throw tooManyRooms();
            }
        } catch (NotReadyException e) {
            throw new RefusedException(ErrorCode.BOARD_NOT_READY, String.valueOf(e.getMessage()));
        }
    }

    private RefusedException tooManyRooms() {
        return new RefusedException(
                ErrorCode.ROOM_LIMIT, "A socket may be in at most " + policy.maxRooms() + " rooms.");
    }

    @OnEvent(GatewayEvents.LEAVE_ROOM)
    public void onLeaveRoom(SocketIOClient client, @Nullable JsonNode data, AckRequest ack) {
        answers.answer(client, ack, () -> {
            Room room = room(data);
            IdentifiedSocket socket = socket(client);
            countRoomChange(socket);
            Result left = saved(() -> rooms.leave(socket, room));
            if (!left.done()) {
                throw new RefusedException(ErrorCode.ROOM_FORBIDDEN, "This room cannot be left.");
            }
            return Ack.done(room, left.position());
        });
    }

    private static <T> T saved(Supplier<T> change) throws RefusedException {
        try {
            return change.get();
        } catch (NotSavedException e) {
            throw new RefusedException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** Every room change costs every instance work, so the rate per socket is limited. */
    private void countRoomChange(IdentifiedSocket socket) throws RefusedException {
        if (!socket.mayChangeRooms()) {
            throw new RefusedException(
                    ErrorCode.ROOM_RATE,
                    "A socket may join and leave rooms at most " + policy.roomChangesPerSecond()
                            + " times per second on average.");
        }
    }

    @OnEvent(GatewayEvents.AUTHENTICATE)
    public void onAuthenticate(SocketIOClient client, @Nullable JsonNode data, AckRequest ack) {
        answers.answer(client, ack, () -> {
            IdentifiedSocket socket = socket(client);
            Identity fresh = identity(data);
            if (!fresh.userId().equals(socket.identity().userId())) {
                throw new RefusedException(ErrorCode.TOKEN_OTHER_USER, "The token belongs to another user.");
            }
            rooms.refresh(socket, fresh);
            return Ack.done();
        });
    }

    private Identity identity(@Nullable JsonNode data) throws RefusedException {
        try {
            String token = TokenArgument.read(data);
            if (token == null) {
                throw new RefusedException(ErrorCode.TOKEN_MISSING, "authenticate takes { token }.");
            }
            return tokens.verify(token);
        } catch (TokenException e) {
            throw new RefusedException(e.code(), e.getMessage());
        }
    }

    private static Room room(@Nullable JsonNode data) throws RefusedException {
        JsonNode name = data == null ? null : data.get("room");
        if (name == null || !name.isString()) {
            throw new RefusedException(ErrorCode.PAYLOAD_INVALID, "This event takes { room }, a string.");
        }
        try {
            return Room.parse(name.stringValue());
        } catch (InvalidRoomException e) {
            throw new RefusedException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean wantsSnapshot(@Nullable JsonNode data) throws RefusedException {
        JsonNode wanted = data == null ? null : data.get("snapshot");
        if (wanted == null || wanted.isNull()) {
            return false;
        }
        if (!wanted.isBoolean()) {
            throw new RefusedException(ErrorCode.PAYLOAD_INVALID, "The member snapshot must be true or false.");
        }
        return wanted.booleanValue();
    }

    private static IdentifiedSocket socket(SocketIOClient client) {
        return IdentifiedSocket.of(NamespaceSocket.of(client));
    }
}
