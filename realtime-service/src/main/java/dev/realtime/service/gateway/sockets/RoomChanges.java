package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.Snapshot;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.NotReadyException;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.Grants;
import dev.realtime.service.recovery.RoomChange;
import dev.realtime.service.recovery.SessionKeeper;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Changes a socket's rooms. Each change has a position, so that every event is clearly before or after it, and is saved
 * before it is acknowledged. Runs in the connection's mailbox, and waits for Redis.
 */
@Component
public final class RoomChanges {

    private final AccessPolicy policy;
    private final FanOut fanOut;
    private final Epoch epoch;
    private final SessionKeeper keeper;
    private final Board board;

    RoomChanges(AccessPolicy policy, FanOut fanOut, Epoch epoch, SessionKeeper keeper, Board board) {
        this.policy = policy;
        this.fanOut = fanOut;
        this.epoch = epoch;
        this.keeper = keeper;
        this.board = board;
    }

    /**
     * The result of a change.
     *
     * @param done whether the socket is in the room after a join, or out of it after a leave
     * @param position the position from which the change applies; null if clients do not know positions, or nothing was
     *     done
     */
    record Result(boolean done, @Nullable String position) {}

    /** Sends what is going on in a room. */
    interface SnapshotSender {

        /** @param position the position at which the snapshot is true; null if clients do not know positions */
        void send(@Nullable String position, Snapshot snapshot);
    }

    /** The change could not be saved, so the socket's rooms are unchanged. */
    static final class NotSavedException extends RuntimeException {

        private final ErrorCode code;

        private NotSavedException(ErrorCode code, String message, Throwable cause) {
            super(message, cause, false, false);
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }
    }

    private record Applied(StreamId at, boolean changed) {}

    private record Seen(StreamId at, Board.RoomState state) {}

    /**
     * Joins a room; joining it twice is fine. Not done if the socket is in its maximum number of rooms.
     *
     * @throws NotSavedException if Redis did not save the change
     */
    Result join(IdentifiedSocket socket, Room room) {
        Member member = socket.member();
        if (member == null) {
            return new Result(false, null);
        }
        Optional<Applied> applied = fanOut.atPosition(at -> {
            boolean known = member.rooms().contains(room);
            if (!member.join(room, policy.maxRooms())) {
                return Optional.empty();
            }
            socket.entry().join(room, at);
            return Optional.of(new Applied(at, !known));
        });
        if (applied.isEmpty()) {
            return new Result(false, null);
        }
        StreamId at = applied.get().at();
        try {
            if (applied.get().changed() || isUnsaved(socket)) {
                save(socket, RoomChange.join(at, room));
            }
        } catch (DataAccessException e) {
            if (applied.get().changed()) {
                fanOut.atPosition(now -> leave(socket, member, room, now));
            }
            throw notSaved(socket, e);
        }
        return new Result(true, position(socket, at));
    }

    /**
     * Joins a room like {@link #join}, and sends what is going on there: every event of the room up to the snapshot's
     * position is in it, and every later one reaches the client after it. Nothing is sent if the join is not done.
     *
     * @throws NotSavedException if Redis did not save the change
     * @throws NotReadyException while the board is being loaded; the socket's rooms are unchanged
     */
    boolean join(IdentifiedSocket socket, Room room, SnapshotSender sender) {
        Member member = socket.member();
        // Refuses before anything is done.
        board.in(room);
        boolean knew = member != null && member.rooms().contains(room);
        if (!join(socket, room).done() || member == null) {
            return false;
        }
        try {
            Seen seen = fanOut.holdAt(member, at -> new Seen(at, board.in(room)));
            sender.send(position(socket, seen.at()), seen.state().snapshot());
        } catch (NotReadyException e) {
            if (!knew) {
                leave(socket, room);
            }
            throw e;
        } finally {
            fanOut.letGo(member);
        }
        return true;
    }

    /**
     * Leaves a room; leaving a room that the socket is not in is fine. Not done if the identity cannot leave the room.
     *
     * <p>The leave is saved before it is carried out: undoing an unsaved leave would lose the events in between. Until
     * it is saved, the room's events still arrive, before the acknowledgement. It begins under the fan-out's lock, as a
     * save of the whole session does: a save that still has the room must not reach Redis after the leave.
     *
     * @throws NotSavedException if Redis did not save the change
     */
    Result leave(IdentifiedSocket socket, Room room) {
        Member member = socket.member();
        if (member == null || !policy.mayLeave(socket.identity(), room)) {
            return new Result(false, null);
        }
        if (member.rooms().contains(room) || isUnsaved(socket)) {
            StreamId begun = fanOut.atPosition(at -> {
                socket.leaving(room);
                return at;
            });
            try {
                save(socket, RoomChange.leave(begun, room));
            } catch (DataAccessException e) {
                socket.leaving(null);
                throw notSaved(socket, e);
            }
        }
        StreamId left = fanOut.atPosition(at -> {
            socket.leaving(null);
            return leave(socket, member, room, at);
        });
        return new Result(true, position(socket, left));
    }

    private static StreamId leave(IdentifiedSocket socket, Member member, Room room, StreamId at) {
        member.leave(room);
        socket.entry().leave(room, at);
        return at;
    }

    /** Nothing has changed on this instance; Redis may have the change all the same. */
    private NotSavedException notSaved(IdentifiedSocket socket, DataAccessException failure) {
        unsaved(socket);
        RedisRefusal refusal = RedisRefusal.of(failure);
        return refusal == null
                ? new NotSavedException(ErrorCode.BACKPLANE_AWAY, "Redis is unavailable; try again.", failure)
                : new NotSavedException(refusal.code(), refusal.reason() + "; try again later.", failure);
    }

    /** Applies a fresh token: leaves the rooms that it does not allow, and joins the rooms that it brings. */
    void refresh(IdentifiedSocket socket, Identity fresh) {
        Member member = socket.member();
        if (member == null) {
            socket.become(fresh);
            return;
        }
        Optional<Room> roleBefore = Room.role(socket.identity().role());
        Optional<Room> role = Room.role(fresh.role());
        Set<Room> atOnce = policy.roomsAtOnce(fresh);
        RoomChange change = fanOut.atPosition(at -> {
            List<Room> before = member.rooms();
            List<Room> left = new ArrayList<>(before);
            left.removeIf(room -> atOnce.contains(room) || policy.mayJoin(fresh, room));
            List<Room> joined = new ArrayList<>(atOnce);
            joined.removeAll(before);
            left.forEach(member::leave);
            joined.forEach(room -> member.join(room, Integer.MAX_VALUE));
            socket.become(fresh);
            member.touch();
            if (!role.equals(roleBefore)) {
                roleBefore.ifPresent(left::add);
                role.ifPresent(joined::add);
            }
            left.forEach(room -> socket.entry().leave(room, at));
            joined.forEach(room -> socket.entry().join(room, at));
            return new RoomChange(at, joined, left, Grants.of(fresh.role(), atOnce));
        });
        saveOrLater(socket, change);
    }

    /**
     * Saves a change now, or as soon as Redis is available. In the latter case, nothing from before the save can be
     * recovered.
     */
    void saveOrLater(IdentifiedSocket socket, RoomChange change) {
        try {
            save(socket, change);
        } catch (DataAccessException e) {
            unsaved(socket);
        }
    }

    private void save(IdentifiedSocket socket, RoomChange change) {
        Session session = socket.session();
        if (session != null && !keeper.change(session.ref(), change)) {
            // The client is on another connection by now and does not wait for the answer.
            socket.abandon();
        }
    }

    /**
     * A change that was refused because Redis did not answer may still be carried out there. Until the session is saved
     * as a whole, a request that changes nothing here must therefore be saved too.
     */
    private boolean isUnsaved(IdentifiedSocket socket) {
        Session session = socket.session();
        return session != null && keeper.isUnsaved(session.ref());
    }

    private void unsaved(IdentifiedSocket socket) {
        Session session = socket.session();
        if (session != null) {
            keeper.unsaved(session.ref());
        }
    }

    private @Nullable String position(IdentifiedSocket socket, StreamId at) {
        return socket.wantsPositions() ? new Position(epoch.text(), at).toString() : null;
    }
}
