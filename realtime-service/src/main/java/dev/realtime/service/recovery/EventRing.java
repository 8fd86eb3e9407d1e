package dev.realtime.service.recovery;

import dev.realtime.service.fanout.EventTrail;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.stream.binder.redis.wire.StreamId;
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
 * The latest records of the stream in memory, without a gap since its floor: whole events, and of records that go to nobody
 * their ids. Bounded in bytes by {@link RecoveryProperties#ringBytes()} and in age by the window and a quarter of it; the
 * oldest go first, and the id of the last one that went is the floor.
 *
 * <p>Age is that of the ids against the newest one, so by Redis' clock. A record costs the ring a reference and nothing that
 * is allocated for it. Thread-safe; its lock is held for microseconds and comes after the fan-out's.
 *
 * <p>Metrics: {@code realtime.recovery.ring.bytes}, and {@code realtime.recovery.ring.age}: by how many seconds the newest
 * record is younger than the oldest.
 */
@Component
final class EventRing implements EventTrail {

    private final boolean enabled;
    private final long mostBytes;
    private final long mostMillis;

    private RecordQueue records = new RecordQueue();
    private long bytes;
    /** Every record after this one is here, up to the head; both null until it is known where reading begins. */
    private @Nullable StreamId floor;

    private @Nullable StreamId head;
    /** How many wait for the head to come further. */
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
                .description("Seconds by which the newest record in memory is younger than the oldest")
                .baseUnit("seconds")
                .register(meters);
    }

    /** One with these bounds; one that is not enabled knows only how far the stream was read. */
    EventRing(boolean enabled, long mostBytes, Duration mostAge) {
        this.enabled = enabled;
        this.mostBytes = mostBytes;
        this.mostMillis = mostAge.toMillis();
    }

    /**
     * A part of the ring.
     *
     * @param events those that go to somebody
     * @param through the last record it reaches to
     */
    record Part(List<PositionedEvent> events, StreamId through) {}

    @Override
    public void append(PositionedEvent event) {
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

    /** How often it has begun anew: what was read of the stream before that may be of another stream. */
    int restarts() {
        return restarts;
    }

    /**
     * Puts older records before those that are here, as far as the bounds allow; the id of the last one that is not put there
     * is the floor. Does nothing when the floor is another one by now.
     *
     * @param upTo the floor they lead up to
     * @param older events and ids, the newest first, without a gap up to and with the floor
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
            // The floor is a record's id: any other would be a position that no other instance knows.
            if (i == last || bytes + cost > mostBytes || newest.millis() - id.millis() > mostMillis) {
                floor = id;
                return;
            }
            records.addFirst(record);
            bytes += cost;
        }
    }

    /** Everything after this is here; null before it is known where reading begins. */
    synchronized @Nullable StreamId floor() {
        return floor;
    }

    /** The last record that was read; null before it is known where reading begins. */
    synchronized @Nullable StreamId head() {
        return head;
    }

    /** Where an id is, seen from here. */
    enum Place {
        /** A record that is here, or the floor: everything after it is here. */
        HERE,
        /** Before the floor: the stream may know. */
        BEFORE,
        /** After the head: not read yet. */
        AHEAD,
        /** Between floor and head, where no record has this id. */
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
        // With nothing kept the floor is the head.
        return compared == 0 || records.placeOf(id) >= 0 ? Place.HERE : Place.NOWHERE;
    }

    /**
     * What follows an id, as much as the bounds allow but at least one record; null when the ring does not reach back so far.
     * Empty and reaching to the id itself when there is nothing further.
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
     * @return whether it has been within that time
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

    /** Whether somebody waits for the head to come further. */
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
