package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The members of this instance's rooms. Must only hold subscribers with an identity. */
@Component
public final class RoomIndex {

    private final Map<Room, RoomMembers> rooms = new ConcurrentHashMap<>();
    private final RoomMembers everyone = new RoomMembers(Room.EVERYONE, true);
    private final MembershipListener listener;

    public RoomIndex(MembershipListener listener) {
        this.listener = listener;
    }

    /** Enters a subscriber; at first it is only in the room of everyone. */
    public Member enter(Subscriber subscriber) {
        Member member = new Member(this, subscriber);
        everyone.add(member);
        member.touch();
        return member;
    }

    /** Visits a room's members; {@link Room#EVERYONE} has all of them. */
    public void forEachIn(Room room, Consumer<Member> action) {
        RoomMembers members = room.equals(Room.EVERYONE) ? everyone : rooms.get(room);
        if (members != null) {
            members.forEach(action);
        }
    }

    public int size() {
        return everyone.size();
    }

    RoomMembers add(Room room, Member member) {
        while (true) {
            RoomMembers members = rooms.computeIfAbsent(room, absent -> new RoomMembers(absent, false));
            if (members.add(member)) {
                return members;
            }
            // The room was emptied between the lookup and the add; removing it twice is harmless.
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
