package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.socketio.protocol.PacketQueue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's place in the rooms: the handle by which it joins and leaves. Safe for use by several threads.
 *
 * <p>Lock order: a member before a room, a room before a subscriber's queue.
 */
public final class Member {

    private final RoomIndex index;
    private final Subscriber subscriber;
    /** The subscriber's, here for the fan-out: what it does not have to look up it does not wait for. */
    final PacketQueue queue;

    /** Whether the subscriber wants positions; kept here for the same reason. */
    final boolean wantsPositions;

    /** In the order they were joined. They are few, so that looking for one is cheaper than a map in every member. */
    private final List<RoomMembers> rooms = new ArrayList<>(4);

    private final Instant enteredAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    /** The room of its role, which is none of those it has joined. */
    private @Nullable RoomMembers role;

    private boolean left;

    /** How much waits for the subscriber, as it was last told. Written under this lock. */
    private volatile long queueStep;

    /** What {@link #lastOffered} is of a member that is offered nothing any more. */
    static final long ABANDONED = Long.MAX_VALUE;

    /** The number of the last round that was offered to this member; only the fan-out touches it, under its lock. */
    long lastOffered;

    Member(RoomIndex index, Subscriber subscriber) {
        this.index = index;
        this.subscriber = subscriber;
        this.queue = subscriber.queue();
        this.wantsPositions = subscriber.wantsPositions();
    }

    public Subscriber subscriber() {
        return subscriber;
    }

    /**
     * Joins a room; to be in it already is fine.
     *
     * @return whether the member is in the room now; false when it has left for good, or is in {@code limit} rooms
     */
    public synchronized boolean join(Room room, int limit) {
        if (left) {
            return false;
        }
        if (position(room) >= 0) {
            return true;
        }
        if (rooms.size() >= limit) {
            return false;
        }
        rooms.add(index.add(room, this));
        index.changed(this);
        return true;
    }

    /** Leaves a room; not to be in it is fine. */
    public synchronized void leave(Room room) {
        int position = position(room);
        if (position >= 0) {
            index.remove(rooms.remove(position), this);
            index.changed(this);
        }
    }

    private int position(Room room) {
        for (int i = 0; i < rooms.size(); i++) {
            if (rooms.get(i).room.equals(room)) {
                return i;
            }
        }
        return -1;
    }

    /** Leaves everything, for good. */
    public synchronized void leaveAll() {
        left = true;
        rooms.forEach(members -> index.remove(members, this));
        rooms.clear();
        leaveRole();
        index.forget(this);
        index.changed(this);
    }

    /** Says that something about the subscriber is not as it was: its identity, its transport, its queue. */
    public synchronized void touch() {
        if (!left) {
            Room byRole = Room.role(subscriber.identity().role()).orElse(null);
            if (role == null || !role.room.equals(byRole)) {
                leaveRole();
                role = byRole == null ? null : index.add(byRole, this);
            }
            index.changed(this);
        }
    }

    /**
     * Looks how much waits for the subscriber, which is told of as a change only when it is another step than last time.
     */
    public void lookAtQueue() {
        // Everybody is looked at, and with nearly everybody there is nothing to see: that takes no lock.
        if (SocketPresence.queueStep(queue.queuedBytes()) == queueStep) {
            return;
        }
        synchronized (this) {
            long step = SocketPresence.queueStep(queue.queuedBytes());
            if (!left && step != queueStep) {
                queueStep = step;
                touch();
            }
        }
    }

    /** How much waits for the subscriber: see {@link SocketPresence#queueStep}. */
    public long queueStep() {
        return queueStep;
    }

    private void leaveRole() {
        if (role != null) {
            index.remove(role, this);
            role = null;
        }
    }

    /** Whether it has left for good. */
    public synchronized boolean hasLeft() {
        return left;
    }

    /** When it entered. */
    public Instant enteredAt() {
        return enteredAt;
    }

    /** The rooms in the order they were joined, without the one that everybody is in. */
    public synchronized List<Room> rooms() {
        return rooms.stream().map(members -> members.room).toList();
    }
}
