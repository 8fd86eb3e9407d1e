package dev.realtime.service.gateway.sockets;

import dev.realtime.contracts.CloseCode;
import dev.realtime.contracts.Room;
import dev.realtime.service.fanout.RoomIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** This instance's sockets with an identity, for whoever administers them. */
@Component
public final class Sockets {

    private final RoomIndex index;

    Sockets(RoomIndex index) {
        this.index = index;
    }

    /** Closes one; false when it is not here. */
    public boolean close(String socketId, CloseCode code, String reason) {
        Optional<IdentifiedSocket> socket = find(socketId);
        socket.ifPresent(found -> found.close(code, reason));
        return socket.isPresent();
    }

    /** Closes all of a user's, and says how many there were here. */
    public int closeUser(String userKey, CloseCode code, String reason) {
        List<IdentifiedSocket> sockets =
                all(socket -> socket.identity().userKey().equals(userKey));
        sockets.forEach(socket -> socket.close(code, reason));
        return sockets.size();
    }

    /** How many a user has here. */
    public int count(String userKey) {
        return all(socket -> socket.identity().userKey().equals(userKey)).size();
    }

    /**
     * Puts one into a room, whatever its own rights. A fresh token that does not allow the room takes it out again.
     *
     * @return whether it is in the room now; empty when it is not here
     */
    public Optional<Boolean> join(String socketId, Room room) {
        return find(socketId).map(socket -> socket.join(room));
    }

    /** Takes one out of a room; false when it is not here, or cannot leave that room. */
    public boolean leave(String socketId, Room room) {
        return find(socketId).map(socket -> socket.leave(room)).orElse(false);
    }

    private Optional<IdentifiedSocket> find(String socketId) {
        return all(socket -> socket.socketId().equals(socketId)).stream().findFirst();
    }

    /** All that fit; nobody can come or go while they are gone through, so they are only collected there. */
    List<IdentifiedSocket> all(Predicate<IdentifiedSocket> fits) {
        List<IdentifiedSocket> found = new ArrayList<>();
        index.forEachIn(Room.EVERYONE, member -> {
            if (member.subscriber() instanceof IdentifiedSocket socket && fits.test(socket)) {
                found.add(socket);
            }
        });
        return found;
    }
}
