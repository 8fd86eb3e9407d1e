package dev.realtime.benchmarks.load;

import java.util.Arrays;

/**
 * The ledger of one window: which events were sent to which rooms, and which of them each socket received. The first
 * socket of a room to receive an event determines its place; all others of the room must see the same order. Not
 * thread-safe.
 */
public final class Ledger {

    private final int first;
    private final RoomOrder[] rooms;
    private final int[] members;
    private int[][] roomsOf = new int[1024][];
    private int[] remaining = new int[1024];
    private int count;
    private long delivered;
    private long doubled;
    private long misordered;
    private long strays;

    /**
     * @param first the number of the first event; lower numbers belong to earlier windows
     * @param members number of sockets in each room
     */
    public Ledger(int first, int[] members) {
        this.first = first;
        this.members = members.clone();
        this.rooms = new RoomOrder[members.length];
        Arrays.setAll(rooms, _ -> new RoomOrder());
    }

    /** Adds a socket to the ledger. */
    public Cursor cursor(int room) {
        return new Cursor(rooms[room]);
    }

    /** Records an event to these rooms and returns its number. */
    public int sent(int... to) {
        if (count == remaining.length) {
            remaining = Arrays.copyOf(remaining, count * 2);
            roomsOf = Arrays.copyOf(roomsOf, count * 2);
        }
        roomsOf[count] = to.clone();
        for (int room : to) {
            remaining[count] += members[room];
            rooms[room].expected++;
        }
        return first + count++;
    }

    /** The event was refused: nobody should receive it. */
    public void refused(int number) {
        for (int room : roomsOf[number - first]) {
            rooms[room].expected--;
        }
        remaining[number - first] = 0;
    }

    /**
     * A socket received an event.
     *
     * @return whether the event has now reached everybody
     */
    public boolean received(Cursor cursor, int number) {
        int index = number - first;
        if (index < 0 || index >= count) {
            strays++;
            return false;
        }
        switch (cursor.take(index)) {
            case IN_ORDER -> {}
            case LATE -> misordered++;
            case AGAIN -> {
                doubled++;
                return false;
            }
        }
        delivered++;
        return --remaining[index] == 0;
    }

    /** Whether everybody has received the event. */
    public boolean isComplete(int number) {
        return remaining[number - first] <= 0;
    }

    /** Number of events sent. */
    public int sentCount() {
        return count;
    }

    /** Deliveries, each counted once. */
    public long delivered() {
        return delivered;
    }

    /** Duplicate deliveries. */
    public long doubled() {
        return doubled;
    }

    /** Deliveries after an event that follows them in the room's order. */
    public long misordered() {
        return misordered;
    }

    /** Deliveries of earlier windows. */
    public long strays() {
        return strays;
    }

    /** Missing deliveries. */
    public long lost() {
        long due = 0;
        for (int room = 0; room < rooms.length; room++) {
            due += (long) rooms[room].expected * members[room];
        }
        return due - delivered;
    }
}
