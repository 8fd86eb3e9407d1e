package dev.realtime.service.stats;

import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.RoomStats;
import dev.realtime.service.fanout.Member;
import dev.realtime.service.fanout.RoomIndex;
import dev.realtime.service.fanout.Subscriber;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Counts the sockets and rooms of this instance, at about the moment it is asked. */
@Component
final class LiveConnections {

    private final RoomIndex rooms;

    LiveConnections(RoomIndex rooms) {
        this.rooms = rooms;
    }

    /** The sockets. {@code detailed} adds each of them. */
    ConnectionStats connections(boolean detailed) {
        List<Member> members = new ArrayList<>(rooms.size());
        // Nobody can come or go while the index is gone through, so only collect there.
        rooms.forEachIn(Room.EVERYONE, members::add);
        Set<String> users = new HashSet<>();
        Map<String, Integer> byRole = new TreeMap<>();
        Map<String, Integer> byTransport = new TreeMap<>();
        for (Member member : members) {
            Subscriber subscriber = member.subscriber();
            String role = subscriber.identity().role();
            users.add(subscriber.identity().userKey());
            byRole.merge(role == null ? ConnectionStats.NO_ROLE : role, 1, Integer::sum);
            byTransport.merge(subscriber.transport(), 1, Integer::sum);
        }
        return new ConnectionStats(
                members.size(),
                users.size(),
                byRole,
                byTransport,
                detailed ? members.stream().map(LiveConnections::describe).toList() : null);
    }

    /** The rooms, without the one of everybody. {@code detailed} adds each of them. */
    RoomStats rooms(boolean detailed) {
        if (!detailed) {
            return new RoomStats(rooms.roomCount(), null);
        }
        List<RoomStats.Occupancy> occupancies = new ArrayList<>();
        rooms.sizes().forEach((room, size) -> occupancies.add(new RoomStats.Occupancy(room, size)));
        occupancies.sort((a, b) -> a.room().toString().compareTo(b.room().toString()));
        return new RoomStats(occupancies.size(), occupancies);
    }

    private static ConnectionStats.Connection describe(Member member) {
        Subscriber subscriber = member.subscriber();
        return new ConnectionStats.Connection(
                subscriber.identity().userId(),
                subscriber.identity().name(),
                subscriber.identity().role(),
                subscriber.socketId(),
                member.rooms());
    }
}
