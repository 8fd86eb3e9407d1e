package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.Addressees;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.gateway.access.AccessPolicy;
import dev.realtime.service.gateway.sockets.Session.Resumed;
import dev.realtime.service.identity.Identity;
import dev.realtime.service.journal.RoomStay;
import dev.realtime.service.position.Epoch;
import dev.realtime.service.position.Position;
import dev.realtime.service.recovery.Grants;
import dev.realtime.service.recovery.MissedEvents;
import dev.realtime.service.recovery.NewSession;
import dev.realtime.service.recovery.RecoveryMetrics;
import dev.realtime.service.recovery.RecoveryMetrics.Source;
import dev.realtime.service.recovery.Replay;
import dev.realtime.service.recovery.RoomChange;
import dev.realtime.service.recovery.RoomStays;
import dev.realtime.service.recovery.SessionKeeper;
import dev.realtime.service.recovery.SessionStore;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Admits a socket with an identity: sends {@code connected} and adds the socket to the fan-out.
 *
 * <p>A new session is saved with the position at which it begins. {@code connected} tells the client that position, and
 * every later event follows. A recovered session first receives the events after the client's last position, then
 * {@code connected}: a client that is cut off before {@code connected} asks again for the remaining events.
 *
 * <p>Runs in the connection's mailbox, so that packets of the client wait until the entrance is complete.
 */
@Component
public final class Entrance {

    private static final Logger log = LoggerFactory.getLogger(Entrance.class);

    private final RoomIndex index;
    private final AccessPolicy policy;
    private final FanOut fanOut;
    private final Epoch epoch;
    private final SessionStore store;
    private final SessionKeeper keeper;
    private final RoomChanges changes;
    private final MissedEvents missed;
    private final Replay replay;
    private final Addressees addressees;
    private final RecoveryMetrics metrics;

    Entrance(
            RoomIndex index,
            AccessPolicy policy,
            FanOut fanOut,
            Epoch epoch,
            SessionStore store,
            SessionKeeper keeper,
            RoomChanges changes,
            MissedEvents missed,
            Replay replay,
            Addressees addressees,
            RecoveryMetrics metrics) {
        this.index = index;
        this.policy = policy;
        this.fanOut = fanOut;
        this.epoch = epoch;
        this.store = store;
        this.keeper = keeper;
        this.changes = changes;
        this.missed = missed;
        this.replay = replay;
        this.addressees = addressees;
        this.metrics = metrics;
    }

    void enter(IdentifiedSocket socket) {
        socket.watchExpiry();
        Session session = socket.session();
        if (session == null) {
            enterAtOnce(socket);
        } else if (session.resumed() == null) {
            begin(socket, session);
        } else {
            resume(socket, session, session.resumed());
        }
    }

    /**
     * The socket is corked, so that {@code connected} is the first event, and the client is in its rooms when it reads
     * this event.
     */
    private void enterAtOnce(IdentifiedSocket socket) {
        Set<Room> rooms = policy.roomsAtOnce(socket.identity());
        socket.cork();
        try {
            socket.greet(rooms, null, null);
            fanOut.atPosition(at -> {
                socket.goLive(index, rooms);
                socket.entry().begin(at, stays(RoomStays.begun(at, withRole(socket.identity(), rooms))));
                socket.entry().live(at);
                return at;
            });
        } finally {
            socket.uncork();
        }
    }

    private void begin(IdentifiedSocket socket, Session session) {
        Identity identity = socket.identity();
        Set<Room> rooms = policy.roomsAtOnce(identity);
        int restarts = missed.restarts();
        Position birth = new Position(epoch.text(), fanOut.position());
        Set<Room> kept = withRole(identity, rooms);
        keeper.enter(session.ref(), socket);
        boolean saved = save(new NewSession(
                session.ref(),
                socket.socketId(),
                birth.epoch(),
                birth.id(),
                null,
                0,
                Grants.of(identity.role(), rooms),
                kept));
        if (saved) {
            keeper.saved(session.ref());
        } else {
            keeper.unsaved(session.ref());
        }
        socket.rooms(rooms);
        socket.greet(rooms, false, saved ? birth : null);
        RoomStays stays = RoomStays.begun(birth.id(), kept);
        socket.entry().begin(birth.id(), stays(stays));
        follow(socket, birth.id(), stays, restarts, new Follower(socket, rooms) {
            @Override
            public void onCaughtUp(StreamId position, Source source) {
                // The client has already received {@code connected}, and every event counts as live.
            }
        });
    }

    private boolean save(NewSession session) {
        try {
            store.open(session);
            return true;
        } catch (DataAccessException e) {
            log.debug("A session could not be saved yet; trying again", e);
            return false;
        }
    }

    private void resume(IdentifiedSocket socket, Session session, Resumed resumed) {
        Identity identity = socket.identity();
        keeper.enter(session.ref(), socket);
        keeper.saved(session.ref());
        RoomStays before = resumed.saved().stays();
        StreamId from = resumed.from();
        addressees.resumed(
                socket, event -> event.id().compareTo(from) <= 0 && before.entitled(event.id(), event.rooms()));
        Set<Room> atOnce = policy.roomsAtOnce(identity);
        Set<Room> allowed = withRole(identity, atOnce);
        RoomStays stays =
                resumed.saved().stays().only(room -> allowed.contains(room) || policy.mayJoin(identity, room));
        Set<Room> rooms = new LinkedHashSet<>(stays.current());
        String grants = Grants.of(identity.role(), atOnce);
        if (!grants.equals(resumed.saved().grants())) {
            StreamId now = fanOut.position();
            List<Room> joined =
                    allowed.stream().filter(room -> !rooms.contains(room)).toList();
            List<Room> left = resumed.saved().stays().current().stream()
                    .filter(room -> !rooms.contains(room))
                    .toList();
            changes.saveOrLater(socket, new RoomChange(now, joined, left, grants));
            stays = stays.joined(joined, now);
            rooms.addAll(joined);
        }
        Room.role(identity.role()).ifPresent(rooms::remove);
        socket.rooms(rooms);
        socket.entry().begin(resumed.from(), stays(stays));
        follow(socket, resumed.from(), stays, resumed.restarts(), new Follower(socket, rooms) {
            @Override
            public void onCaughtUp(StreamId position, Source source) {
                metrics.recovered(source);
                socket.greet(rooms, true, new Position(epoch.text(), position));
            }
        });
    }

    private void follow(IdentifiedSocket socket, StreamId from, RoomStays rooms, int restarts, Follower follower) {
        try {
            if (replay.run(follower, from, rooms, restarts) == Replay.Outcome.GONE) {
                socket.close(CloseCode.CONTINUITY_LOST);
            }
        } catch (DataAccessException e) {
            // The client reconnects and continues from its last position.
            log.debug("The events that a socket missed could not be read", e);
            socket.abandon();
        }
    }

    private static List<RoomStay> stays(RoomStays all) {
        List<RoomStay> stays = new ArrayList<>();
        all.forEach((room, joined, left) -> stays.add(new RoomStay(room.toString(), joined, left)));
        return stays;
    }

    private static Set<Room> withRole(Identity identity, Set<Room> rooms) {
        Set<Room> all = new LinkedHashSet<>(rooms);
        Room.role(identity.role()).ifPresent(all::add);
        return all;
    }

    /** A socket that is about to enter these rooms. */
    private abstract class Follower implements Replay.Receiver {

        private final IdentifiedSocket socket;
        private final Set<Room> rooms;

        Follower(IdentifiedSocket socket, Set<Room> rooms) {
            this.socket = socket;
            this.rooms = rooms;
        }

        @Override
        public PacketQueue queue() {
            return socket.queue();
        }

        @Override
        public boolean isOpen() {
            return socket.isOpen();
        }

        @Override
        public void onToConfirm(PositionedEvent event) {
            addressees.replayed(event, socket);
        }

        @Override
        public void onLive() {
            socket.goLive(index, rooms);
            // No event is delivered meanwhile.
            socket.entry().live(fanOut.position());
        }
    }
}
