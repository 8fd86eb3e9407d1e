package dev.realtime.service.fanout;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketQueue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's place in the rooms: the handle by which it joins and leaves. Thread-safe.
 *
 * <p>Lock order: a member before a room, a room before a subscriber's queue.
 */
public final class Member {

    private final RoomIndex index;
    private final Subscriber subscriber;
    /** The subscriber's queue, kept here so that the fan-out avoids a lookup per delivery. */
    final PacketQueue queue;

    /** Whether the subscriber wants positions; kept here for the same reason. */
    final boolean wantsPositions;

    /** In the order of joining. The rooms are few, so a search is cheaper than a map in every member. */
    private final List<RoomMembers> rooms = new ArrayList<>(4);

    private final Instant enteredAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    /** The room of its role, never one of the joined rooms. */
    private @Nullable RoomMembers role;

    private boolean left;

    /** The step of queued bytes that was last reported. Written under this lock. */
    private volatile long queueStep;

    /** The value of {@link #lastOffered} for a member that is offered nothing any more. */
    static final long ABANDONED = Long.MAX_VALUE;

    /** The number of the last round offered to this member; used only by the fan-out, under its lock. */
    long lastOffered;

    /**
     * What waits until something else is queued, in order; null while nothing has to. Each packet is retained. Used only
     * by the fan-out, under its lock.
     */
    @Nullable
    List<EncodedPacket> held;

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
     * Joins a room; no effect when already joined.
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

    /** Leaves a room; no effect when not joined. */
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

    /** Leaves all rooms, for good. */
    public synchronized void leaveAll() {
        left = true;
        rooms.forEach(members -> index.remove(members, this));
        rooms.clear();
        leaveRole();
        index.forget(this);
        index.changed(this);
    }

    /** Reports that something about the subscriber has changed: its identity, its transport or its queue. */
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

    /** Checks the subscriber's queued bytes, and reports a change only when their step differs from the last one. */
    public void lookAtQueue() {
        // Every member is checked and hardly any has changed, so the check takes no lock.
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

    /** The step of the subscriber's queued bytes: see {@link SocketPresence#queueStep}. */
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

    public Instant enteredAt() {
        return enteredAt;
    }

    /** The rooms in the order of joining, without the room of everyone. */
    public synchronized List<Room> rooms() {
        return rooms.stream().map(members -> members.room).toList();
    }
}
