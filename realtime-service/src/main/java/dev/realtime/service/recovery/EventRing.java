package dev.realtime.service.recovery;

import dev.realtime.service.fanout.EventTrail;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The latest records of the stream in memory, without a gap since the floor: whole events, and only the ids of records
 * that go to no room. Bounded in bytes by {@link RecoveryProperties#ringBytes()} and in age by one and a quarter
 * windows; the oldest records are evicted first, and the id of the last one evicted is the floor.
 *
 * <p>Age is the difference between an id and the newest one, and so follows Redis' clock. A record costs the ring one
 * reference and no allocation. Thread-safe; the lock is held for microseconds, and is acquired after the fan-out's
 * lock, never before.
 *
 * <p>Metrics: {@code realtime.recovery.ring.bytes}, and {@code realtime.recovery.ring.age}, the seconds between the
 * oldest and the newest record.
 */
@Component
final class EventRing implements EventTrail {

    private final boolean enabled;
    private final long mostBytes;
    private final long mostMillis;

    private RecordQueue records = new RecordQueue();
    private long bytes;
    /** The ring has every record after the floor, up to the head. Both are null until the start of reading is known. */
    private @Nullable StreamId floor;

    private @Nullable StreamId head;
    /** How many threads wait for the head to advance. */
    private int waiting;

    private volatile int restarts;

    @Autowired
    EventRing(RecoveryProperties properties, MeterRegistry meters) {
        this(properties.enabled(), properties.ringBytes().toBytes(), properties.kept());
        Gauge.builder("realtime.recovery.ring.bytes", this, ring -> ring.bytes())
                .description("Bytes of the latest events kept in memory for replays")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("realtime.recovery.ring.age", this, ring -> ring.ageSeconds())
                .description("Seconds between the oldest and the newest record in memory")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Creates a ring with these bounds; a disabled ring knows only how far the stream was read. */
    EventRing(boolean enabled, long mostBytes, Duration mostAge) {
        this.enabled = enabled;
        this.mostBytes = mostBytes;
        this.mostMillis = mostAge.toMillis();
    }

    /**
     * A part of the ring.
     *
     * @param events the events that go to rooms
     * @param through the last record that the part covers
     */
    record Part(List<PositionedEvent> events, StreamId through) {}

    @Override
    public void append(PositionedEvent event, KnownMembers members) {
        add(event, event.id(), StreamRecords.cost(event));
    }

    @Override
    public void pass(StreamId id) {
        add(id, id, StreamRecords.cost(id));
    }

    private synchronized void add(Object record, StreamId id, int cost) {
        if (floor == null) {
            floor = id.previous();
        }
        head = id;
        if (enabled) {
            records.addLast(record);
            bytes += cost;
            trim(id);
        } else {
            floor = id;
        }
        if (waiting > 0) {
            notifyAll();
        }
    }

    private void trim(StreamId newest) {
        while (records.size() > 0) {
            Object oldest = records.get(0);
            StreamId id = StreamRecords.id(oldest);
            if (bytes <= mostBytes && newest.millis() - id.millis() <= mostMillis) {
                return;
            }
            records.removeFirst();
            bytes -= StreamRecords.cost(oldest);
            floor = id;
        }
    }

    @Override
    public synchronized void restart(StreamId after) {
        records = new RecordQueue();
        bytes = 0;
        floor = after;
        head = after;
        restarts = restarts + 1;
        notifyAll();
    }

    /** How often the ring was restarted: records read before a restart may belong to another stream. */
    int restarts() {
        return restarts;
    }

    /**
     * Puts older records before the present ones, within the bounds; the id of the first one left out becomes the
     * floor. Does nothing if the floor has changed meanwhile.
     *
     * @param upTo the floor that the records lead up to
     * @param older events and ids, newest first, without a gap, up to and including the floor
     */
    synchronized void prepend(StreamId upTo, List<Object> older) {
        StreamId newest = head;
        if (!enabled || newest == null || !upTo.equals(floor)) {
            return;
        }
        int last = older.size() - 1;
        for (int i = 0; i <= last; i++) {
            Object record = older.get(i);
            StreamId id = StreamRecords.id(record);
            int cost = StreamRecords.cost(record);
            // The floor is always a record's id: no other instance would know any other position.
            if (i == last || bytes + cost > mostBytes || newest.millis() - id.millis() > mostMillis) {
                floor = id;
                return;
            }
            records.addFirst(record);
            bytes += cost;
        }
    }

    /** The ring has everything after this id; null before the start of reading is known. */
    synchronized @Nullable StreamId floor() {
        return floor;
    }

    /** The last record that was read; null before the start of reading is known. */
    synchronized @Nullable StreamId head() {
        return head;
    }

    /** Where an id is, relative to the ring. */
    enum Place {
        /** A record in the ring, or the floor: the ring has everything after it. */
        HERE,
        /** Before the floor: the stream may have it. */
        BEFORE,
        /** After the head: not read yet. */
        AHEAD,
        /** Between floor and head, but not the id of a record. */
        NOWHERE
    }

    synchronized Place placeOf(StreamId id) {
        StreamId last = head;
        if (last == null || floor == null || id.compareTo(last) > 0) {
            return Place.AHEAD;
        }
        int compared = id.compareTo(floor);
        if (compared < 0) {
            return Place.BEFORE;
        }
        // In an empty ring, the floor is the head.
        return compared == 0 || records.placeOf(id) >= 0 ? Place.HERE : Place.NOWHERE;
    }

    /**
     * What follows an id, within the bounds but at least one record; null if the ring does not reach back that far. If
     * nothing follows, the part is empty and ends at the id itself.
     */
    synchronized @Nullable Part after(StreamId id, int mostEvents, long mostBytes) {
        if (floor == null || id.compareTo(floor) < 0) {
            return null;
        }
        int place = records.placeOf(id);
        place = place >= 0 ? place + 1 : -place - 1;
        List<PositionedEvent> events = new ArrayList<>();
        StreamId through = id;
        long taken = 0;
        while (place < records.size() && events.size() < mostEvents && taken < mostBytes) {
            Object record = records.get(place++);
            through = StreamRecords.id(record);
            if (record instanceof PositionedEvent event) {
                events.add(event);
                taken += event.payload().length;
            }
        }
        return new Part(events, through);
    }

    /**
     * Waits until a record has been read.
     *
     * @return whether it was read in time
     */
    synchronized boolean awaitHead(StreamId id, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        waiting++;
        try {
            while (head == null || head.compareTo(id) < 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } finally {
            waiting--;
        }
    }

    /** Whether a thread waits for the head to advance. */
    synchronized boolean isAwaited() {
        return waiting > 0;
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized double ageSeconds() {
        return records.size() == 0
                ? 0
                : (StreamRecords.id(records.get(records.size() - 1)).millis()
                                - StreamRecords.id(records.get(0)).millis())
                        / 1_000.0;
    }
}
