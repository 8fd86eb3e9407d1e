package dev.realtime.benchmarks.load;

import java.util.Arrays;

/** The order in which a room's events were first seen. */
final class RoomOrder {

    private int[] events = new int[256];
    private int size;
    /** By event: its place plus one, 0 where it has none yet. */
    private int[] places = new int[1024];

    /** How many events the room is to get. */
    int expected;

    int size() {
        return size;
    }

    int at(int place) {
        return events[place];
    }

    /** The event's place; -1 when nobody has seen it. */
    int place(int event) {
        return event < places.length ? places[event] - 1 : -1;
    }

    /** Puts an event behind all others. */
    void append(int event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, size * 2);
        }
        if (event >= places.length) {
            places = Arrays.copyOf(places, Math.max(event + 1, places.length * 2));
        }
        events[size++] = event;
        places[event] = size;
    }
}
