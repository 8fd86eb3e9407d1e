package dev.realtime.service.recovery;

import dev.realtime.stream.binder.redis.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * Records in stream order, in a circular array: events, and only the ids of records that go to no room. A record costs
 * one reference. Not thread-safe.
 */
final class RecordQueue {

    private static final int FIRST_CAPACITY = 1_024;

    /** The length is a power of two. */
    private @Nullable Object[] slots = new @Nullable Object[FIRST_CAPACITY];

    private int first;
    private int size;

    int size() {
        return size;
    }

    void addLast(Object record) {
        growIfFull();
        slots[slot(size)] = record;
        size++;
    }

    void addFirst(Object record) {
        growIfFull();
        first = slot(-1);
        slots[first] = record;
        size++;
    }

    void removeFirst() {
        slots[first] = null;
        first = slot(1);
        size--;
    }

    /** The record at a place, counted from the oldest. */
    Object get(int place) {
        Object record = slots[slot(place)];
        if (record == null) {
            throw new IllegalStateException("No record at place " + place + " of " + size);
        }
        return record;
    }

    /** The place of an id's record; if there is none, {@code -place - 1} of the place where it would be. */
    int placeOf(StreamId id) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = StreamRecords.id(get(middle)).compareTo(id);
            if (compared == 0) {
                return middle;
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private int slot(int place) {
        return (first + place) & (slots.length - 1);
    }

    private void growIfFull() {
        if (size < slots.length) {
            return;
        }
        @Nullable Object[] larger = new @Nullable Object[slots.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        slots = larger;
        first = 0;
    }
}
