package dev.realtime.service.journal;

import dev.realtime.contracts.Room;
import dev.realtime.service.journal.SocketNote.Refusal;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection's entry in the journal. Every change is made while no event is delivered, so that its position is exact,
 * and must not block. Thread-safe. Bounded: of the stays in rooms and the refused joins, the oldest are forgotten.
 */
public final class SocketEntry {

    private static final StreamId NOWHERE = new StreamId(0, 0);

    /** More than the rooms that a socket may be in at once, and about 6 KB. */
    private static final int MOST_STAYS = 120;

    private static final int MOST_REFUSALS = 8;

    private final List<RoomStay> stays = new ArrayList<>(4);
    private final List<Refusal> refused = new ArrayList<>(0);
    private StreamId from = NOWHERE;
    private StreamId empty = NOWHERE;
    private @Nullable StreamId live;
    private @Nullable StreamId closed;
    private @Nullable String code;
    private @Nullable StreamId cut;
    private @Nullable StreamId known;
    private boolean changed;

    // The fields below are set when the journal takes the entry.

    String field = "";
    String userKey = "";
    String socketId = "";
    long connected;

    @Nullable
    PacketQueue queue;

    // The fields below belong to the journal's beat: when the entry was last written, and how large it was.

    long written;
    int bytes;

    /** The connection has the events after a position, by these stays in rooms. */
    public synchronized void begin(StreamId after, Collection<RoomStay> rooms) {
        from = after;
        empty = after;
        stays.clear();
        stays.addAll(rooms);
        trim();
        changed = true;
    }

    /** It has everything up to this position, and gets what follows. */
    public synchronized void live(StreamId at) {
        live = at;
        changed = true;
    }

    /** It joins a room; no effect if it is in it. */
    public synchronized void join(Room room, StreamId at) {
        if (openStay(room) < 0) {
            stays.add(new RoomStay(room.toString(), at, null));
            refused.removeIf(one -> one.room().equals(room.toString()));
            trim();
            changed = true;
        }
    }

    /** It leaves a room; no effect if it is not in it. */
    public synchronized void leave(Room room, StreamId at) {
        int index = openStay(room);
        if (index >= 0) {
            stays.set(index, stays.get(index).until(at));
            changed = true;
        }
    }

    /** It may not join a room. */
    public synchronized void refuse(Room room, String why, StreamId at) {
        if (refused.stream()
                .anyMatch(
                        one -> one.room().equals(room.toString()) && one.code().equals(why))) {
            return;
        }
        refused.add(new Refusal(room.toString(), why, at));
        if (refused.size() > MOST_REFUSALS) {
            refused.removeFirst();
        }
        changed = true;
    }

    /** The connection has ended. */
    public synchronized void close(StreamId at, String why) {
        if (closed == null) {
            closed = at;
            code = why;
            changed = true;
        }
    }

    /** The instance delivers nothing more to it. */
    synchronized void cut(StreamId after) {
        if (cut == null) {
            cut = after;
            changed = true;
        }
    }

    /** Notes that everything up to a position has left the queue, if that is so. */
    synchronized void look(StreamId through) {
        // In this order: a queue that overflows is marked before it is cleared.
        if (closed == null && queue != null && queue.queuedBytes() == 0 && !queue.hasOverflowed()) {
            empty = through;
        }
    }

    synchronized boolean isClosed() {
        return closed != null;
    }

    /** The position at which it ended; 0-0 while it is open. */
    synchronized StreamId closedAt() {
        return closed == null ? NOWHERE : closed;
    }

    /** Whether it has changed since the last call. */
    synchronized boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    synchronized void change() {
        changed = true;
    }

    synchronized SocketNote note(String instance) {
        return new SocketNote(
                instance,
                socketId,
                connected,
                from,
                live,
                closed,
                code,
                cut,
                empty,
                known,
                List.copyOf(stays),
                List.copyOf(refused));
    }

    private int openStay(Room room) {
        for (int i = 0; i < stays.size(); i++) {
            if (stays.get(i).left() == null && stays.get(i).room().equals(room.toString())) {
                return i;
            }
        }
        return -1;
    }

    private void trim() {
        for (int i = 0; i < stays.size() && stays.size() > MOST_STAYS; ) {
            StreamId left = stays.get(i).left();
            if (left == null) {
                i++;
            } else {
                stays.remove(i);
                known = known == null || left.compareTo(known) > 0 ? left : known;
            }
        }
    }
}
