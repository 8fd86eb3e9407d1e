package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one room, kept for iteration: an array without holes and, once they are many, where in it everybody is.
 * Most rooms are one person's and have a member or two.
 */
final class RoomMembers {

    final Room room;

    /** From how many on they are looked up, and not for. */
    private static final int MANY = 16;

    private @Nullable Member[] members = new @Nullable Member[1];
    private int size;
    private @Nullable Map<Member, Integer> positions;
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
        if (position(member) < 0) {
            if (size == members.length) {
                members = Arrays.copyOf(members, size * 2);
            }
            place(member, size++);
            if (size == MANY) {
                lookUpFromNowOn();
            }
        }
        return true;
    }

    private void lookUpFromNowOn() {
        Map<Member, Integer> all = new HashMap<>();
        for (int i = 0; i < size; i++) {
            Member member = members[i];
            if (member != null) {
                all.put(member, i);
            }
        }
        positions = all;
    }

    private void place(Member member, int position) {
        members[position] = member;
        if (positions != null) {
            positions.put(member, position);
        }
    }

    /** Where in the array it is; negative when it is not here. */
    private int position(Member member) {
        if (positions != null) {
            return positions.getOrDefault(member, -1);
        }
        for (int i = 0; i < size; i++) {
            if (members[i] == member) {
                return i;
            }
        }
        return -1;
    }

    /** Removes a member; true when the room is empty now and must be taken out of the index. */
    synchronized boolean remove(Member member) {
        int position = position(member);
        if (position < 0) {
            return false;
        }
        if (positions != null) {
            positions.remove(member);
        }
        Member last = members[--size];
        members[size] = null;
        if (last != null && last != member) {
            place(last, position);
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
