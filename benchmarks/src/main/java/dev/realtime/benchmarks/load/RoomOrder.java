package dev.realtime.benchmarks.load;

import java.util.Arrays;

/** The order in which a room's events were first seen. */
final class RoomOrder {

    private int[] events = new int[256];
    private int size;
    /** By event: its place plus one, or 0 without a place. */
    private int[] places = new int[1024];

    /** Number of events sent to the room. */
    int expected;

    int size() {
        return size;
    }

    int at(int place) {
        return events[place];
    }

    /** The event's place; -1 if no socket has seen it. */
    int place(int event) {
        return event < places.length ? places[event] - 1 : -1;
    }

    /** Appends an event. */
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
