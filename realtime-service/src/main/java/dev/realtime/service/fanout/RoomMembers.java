package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The members of one room, kept for iteration: an array without holes, and where in it everybody is. */
final class RoomMembers {

    final Room room;

    private @Nullable Member[] members = new @Nullable Member[4];
    private int size;
    private final Map<Member, Integer> positions = new HashMap<>();
    private final boolean permanent;
    private boolean retired;

    /** A room that is retired when its last member leaves, unless it is permanent. */
    RoomMembers(Room room, boolean permanent) {
        this.room = room;
        this.permanent = permanent;
    }

    /** Adds a member; false when this object has been taken out of the index because it was empty. */
    synchronized boolean add(Member member) {
        if (retired) {
            return false;
        }
        if (positions.putIfAbsent(member, size) == null) {
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            members[size++] = member;
        }
        return true;
    }

    /** Removes a member; true when the room is empty now and must be taken out of the index. */
    synchronized boolean remove(Member member) {
        Integer position = positions.remove(member);
        if (position == null) {
            return false;
        }
        Member last = members[--size];
        members[size] = null;
        if (last != null && last != member) {
            members[position] = last;
            positions.put(last, position);
        }
        retired = size == 0 && !permanent;
        return retired;
    }

    synchronized int size() {
        return size;
    }

    /** Runs over the members while none can come or go, so that a join is before or after an event, never within. */
    synchronized void forEach(Consumer<Member> action) {
        for (int i = 0; i < size; i++) {
            Member member = members[i];
            if (member != null) {
                action.accept(member);
            }
        }
    }
}
