package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Who is in which room of this instance. Holds subscribers with an identity and nobody else. */
@Component
public final class RoomIndex {

    private final Map<Room, RoomMembers> rooms = new ConcurrentHashMap<>();
    private final RoomMembers everyone = new RoomMembers(Room.EVERYONE, true);
    private final MembershipListener listener;

    public RoomIndex(MembershipListener listener) {
        this.listener = listener;
    }

    /** Enters a subscriber, in no room yet but the one of everybody. */
    public Member enter(Subscriber subscriber) {
        Member member = new Member(this, subscriber);
        everyone.add(member);
        member.touch();
        return member;
    }

    /** Runs over a room's members; {@link Room#EVERYONE} has them all. */
    public void forEachIn(Room room, Consumer<Member> action) {
        RoomMembers members = room.equals(Room.EVERYONE) ? everyone : rooms.get(room);
        if (members != null) {
            members.forEach(action);
        }
    }

    /** How many subscribers there are. */
    public int size() {
        return everyone.size();
    }

    RoomMembers add(Room room, Member member) {
        while (true) {
            RoomMembers members = rooms.computeIfAbsent(room, absent -> new RoomMembers(absent, false));
            if (members.add(member)) {
                return members;
            }
            // Emptied between the look-up and the add: whoever emptied it takes it out, and so may we.
            rooms.remove(room, members);
        }
    }

    void remove(RoomMembers members, Member member) {
        if (members.remove(member)) {
            rooms.remove(members.room, members);
        }
    }

    void forget(Member member) {
        everyone.remove(member);
    }

    void changed(Member member) {
        listener.onChange(member);
    }
}
