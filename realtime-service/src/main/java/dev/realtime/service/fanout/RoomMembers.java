package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of one room, kept for iteration: an array without holes and, once there are many, a map of their indices.
 * Most rooms belong to one user and have one or two members.
 */
final class RoomMembers {

    final Room room;

    /** From this size on, members are found by the map instead of a search. */
    private static final int MANY = 16;

    private @Nullable Member[] members = new @Nullable Member[1];
    private int size;
    private @Nullable Map<Member, Integer> positions;
    private final boolean permanent;
    private boolean retired;

    /** A room; unless it is permanent, it is retired when its last member leaves. */
    RoomMembers(Room room, boolean permanent) {
        this.room = room;
        this.permanent = permanent;
    }

    /** Adds a member; false when the room has been removed from the index because it was empty. */
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

    /** The member's index in the array; negative when it is not in this room. */
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

    /** Removes a member; true when the room is now empty and must be removed from the index. */
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

    /**
     * Visits the members while none can enter or leave, so that a join comes before or after an event, never during it.
     */
    synchronized void forEach(Consumer<Member> action) {
        for (int i = 0; i < size; i++) {
            Member member = members[i];
            if (member != null) {
                action.accept(member);
            }
        }
    }
}
