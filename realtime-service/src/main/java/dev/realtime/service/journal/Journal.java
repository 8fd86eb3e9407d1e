package dev.realtime.service.journal;

import dev.realtime.contracts.Room;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.journal.JournalStore.Field;
import dev.realtime.service.journal.UserJournal.BlockNote;
import dev.realtime.service.launch.StartGate;
import dev.realtime.service.redis.RedisWatch;
import dev.realtime.socketio.protocol.PacketQueue;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes this instance's part of the journal, once a second. While Redis is unavailable, the changes wait in memory:
 * nothing is lost, and readers see that the journal is not complete yet. Beyond {@code realtime.why.most-bytes} the
 * oldest connections that have ended are forgotten, and readers see from where on the journal is complete.
 *
 * <p>Metrics: {@code realtime.why.bytes}, what this instance keeps in Redis, and {@code realtime.why.forgotten}, the
 * connections that were forgotten before their time.
 */
@Component
public final class Journal extends Beating implements StartGate {

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final OpenEntries open;
    private final JournalStore store;
    private final FanOut fanOut;
    private final BooleanSupplier redisIsUp;
    private final ClusterClock clock;
    private final LongSupplier nanos;
    private final String self;
    private final KeptEntries kept;
    private final AtomicLong connections = new AtomicLong();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final RefusedUsers refused = new RefusedUsers();
    /** What administrators did, until it is written. */
    private final Queue<Blocked> blocks = new ConcurrentLinkedQueue<>();

    // The fields below belong to the beat, as does what is kept.

    private StreamId birth = new StreamId(0, 0);
    private boolean first = true;

    private record Blocked(String userKey, BlockNote note) {}

    @Autowired
    Journal(
            OpenEntries open,
            JournalStore store,
            JournalProperties properties,
            FanOut fanOut,
            RedisWatch redis,
            ClusterClock clock,
            InstanceName self,
            MeterRegistry meters) {
        this(open, store, properties, fanOut, redis::isUp, clock, System::nanoTime, self.value(), meters);
    }

    /** With this instance name; {@code nanos} tells how long ago something was. */
    Journal(
            OpenEntries open,
            JournalStore store,
            JournalProperties properties,
            FanOut fanOut,
            BooleanSupplier redisIsUp,
            ClusterClock clock,
            LongSupplier nanos,
            String self,
            MeterRegistry meters) {
        super("journal");
        this.open = open;
        this.store = store;
        this.fanOut = fanOut;
        this.redisIsUp = redisIsUp;
        this.clock = clock;
        this.nanos = nanos;
        this.self = self;
        this.kept = new KeptEntries(store, properties.mostBytes().toBytes(), meters);
    }

    /** Takes a connection's entry, from before its first event until it is closed. */
    public void enter(SocketEntry entry, String userKey, String socketId, PacketQueue queue) {
        entry.userKey = userKey;
        entry.socketId = socketId;
        entry.queue = queue;
        entry.connected = clock.millis();
        entry.field = self + "/" + connections.incrementAndGet();
        refused.forget(userKey);
        fanOut.atPosition(at -> {
            entry.begin(at, List.of());
            return open.all.add(entry);
        });
    }

    /** A connection has ended; no effect for an entry that was never taken. */
    public void leave(SocketEntry entry, String code) {
        fanOut.atPosition(at -> {
            entry.close(at, code);
            return at;
        });
    }

    /** A connection may not join a room. */
    public void refuse(SocketEntry entry, Room room, String code) {
        fanOut.atPosition(at -> {
            entry.refuse(room, code, at);
            return at;
        });
    }

    /** A user tried to connect and was refused. */
    public void refuse(String userKey, String code) {
        refused.add(userKey, code, clock.millis());
    }

    /**
     * A user was blocked, or a block has ended. Never waits.
     *
     * @param at since when, in milliseconds by Redis' clock
     * @param until until when; {@code at} for the end of a block
     */
    public void block(String userKey, long at, long until) {
        blocks.add(new Blocked(userKey, new BlockNote(at, until)));
    }

    @Override
    public String description() {
        return "the journal of connections in Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return begun;
    }

    /** The port opens after the first beat, so that no connection is older than this instance's part of the journal. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    protected Duration beat() {
        if (redisIsUp.getAsBoolean()) {
            tell(false);
            // Even if Redis refuses it: readers see from the register that this instance has told nothing.
            begun.complete(null);
        }
        return INTERVAL;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, () -> tell(true));
    }

    private void tell(boolean ends) {
        // Everything that was changed at this position or before is seen below.
        StreamId through = fanOut.atPosition(at -> at);
        if (!begun.isDone()) {
            // The port is not open yet.
            birth = through;
            kept.begin(through);
        }
        try {
            long now = nanos.getAsLong();
            writeChanges(through, now);
            kept.forgetOldest(through, now);
            if (store.cover(self, birth, kept.from(), through, ends, first)) {
                first = false;
            } else {
                startOver(through);
            }
        } catch (RuntimeException e) {
            log.debug("The journal of connections could not be written; trying again", e);
        }
    }

    private void writeChanges(StreamId through, long now) {
        long again = store.retention().dividedBy(2).toNanos();
        Map<String, List<SocketEntry>> changed = new HashMap<>();
        for (SocketEntry entry : open.all) {
            entry.look(through);
            if (entry.takeChanged() || now - entry.written > again) {
                changed.computeIfAbsent(entry.userKey, absent -> new ArrayList<>(1))
                        .add(entry);
            }
        }
        try {
            changed.values().removeIf(entries -> {
                write(entries, now);
                return true;
            });
            writeRefused();
            for (Blocked next = blocks.peek(); next != null; next = blocks.peek()) {
                store.write(next.userKey(), List.of(store.block(next.note())));
                blocks.remove();
            }
        } finally {
            kept.settle();
            // What was not written is written by the next beat.
            changed.values().forEach(entries -> entries.forEach(SocketEntry::change));
        }
    }

    private void writeRefused() {
        Deque<RefusedUsers.Note> notes = new ArrayDeque<>(refused.take());
        try {
            for (RefusedUsers.Note next = notes.peek(); next != null; next = notes.peek()) {
                store.write(next.userKey(), List.of(store.refused(self, next.note())));
                notes.remove();
            }
        } finally {
            refused.giveBack(List.copyOf(notes));
        }
    }

    private void write(List<SocketEntry> entries, long now) {
        List<Field> fields = new ArrayList<>();
        for (SocketEntry entry : entries) {
            // Looked at before its note is made: it may be closed meanwhile, and then changes again.
            boolean closed = entry.isClosed();
            Field field = store.socket(entry.field, closed ? clock.millis() : 0, entry.note(self));
            fields.add(field);
            kept.write(entry, field);
            entry.written = now;
        }
        store.write(entries.getFirst().userKey, fields);
        for (SocketEntry entry : entries) {
            if (entry.isClosed() && !entry.takeChanged()) {
                open.all.remove(entry);
                kept.end(entry, now);
            } else if (entry.isClosed()) {
                entry.change();
            }
        }
    }

    /** Redis has lost what was in it. */
    private void startOver(StreamId through) {
        kept.begin(through);
        first = true;
        open.all.forEach(SocketEntry::change);
        wake();
    }
}
