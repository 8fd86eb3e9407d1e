package dev.realtime.service.receipts;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.fanout.Addressees;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.Subscriber;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.receipts.ReceiptStore.Opening;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Records in receipts whom this instance has written notifications to: at once, and while Redis is unavailable as soon
 * as it returns. At most {@value #MOST_WAITING} users wait to be recorded; the metric {@code realtime.receipts.unnoted}
 * counts those that are not recorded.
 */
@Component
final class ReceiptNotes extends Beating implements Addressees {

    private static final Logger log = LoggerFactory.getLogger(ReceiptNotes.class);

    static final int MOST_WAITING = 100_000;

    /** How many users one script records; it blocks Redis for about a millisecond. */
    private static final int AT_ONCE = 500;

    /** The events that a session may have got from an instance that is dead: 2 minutes is the usual recovery window. */
    private static final Duration RECENTLY = Duration.ofMinutes(3);

    private static final int MOST_RECENT = 1_000;

    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration OTHERWISE = Duration.ofMinutes(1);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** What a user costs in Redis at most, in bytes. */
    private static final long USER_BYTES = 400;

    private static final long RECEIPT_BYTES = 2_000;

    private final ReceiptStore store;
    private final LongSupplier clock;
    private final String self;
    private final Counter unnoted;

    /** Guarded by itself, as is the number of users in it. */
    private final Deque<Note> waiting = new ArrayDeque<>();

    private int waitingUsers;

    /** The latest events with a confirmation that this instance has read; guarded by itself. */
    private final Deque<PositionedEvent> recent = new ArrayDeque<>();

    /** Held while notes are written: each is removed only once it is in Redis. */
    private final ReentrantLock writing = new ReentrantLock();

    @Autowired
    ReceiptNotes(ReceiptStore store, ClusterClock clock, InstanceName self, MeterRegistry meters) {
        this(store, clock::millis, self.value(), meters);
    }

    /** For tests, with their own clock in milliseconds since 1970. */
    ReceiptNotes(ReceiptStore store, LongSupplier clock, String self, MeterRegistry meters) {
        super("receipt-notes");
        this.store = store;
        this.clock = clock;
        this.self = self;
        this.unnoted = Counter.builder("realtime.receipts.unnoted")
                .description("Users whom a notification was written to, and whose receipt does not say so")
                .register(meters);
    }

    /** What is known of an event and some sockets. */
    private enum Kind {
        /** The fan-out has written it, once to all of them. */
        LIVE,
        /** A replay has written it to one of them. */
        REPLAYED,
        /** It was written to them by an instance that may not have said so. */
        HAD
    }

    /** Sockets to which an event was written; the thread that records them works out their users. */
    private record Note(PositionedEvent event, Collection<Subscriber> sockets, Kind kind, long at) {

        /** A note without sockets opens a receipt. */
        int weight() {
            return Math.max(1, sockets.size());
        }
    }

    @Override
    public void written(PositionedEvent event, Collection<Subscriber> sockets) {
        long now = clock.getAsLong();
        synchronized (recent) {
            // Nobody needs its payload.
            recent.addLast(
                    new PositionedEvent(event.id(), event.name(), new byte[0], event.rooms(), event.confirmation()));
            // Those that are older than RECENTLY are let go with the next event.
            while (recent.size() > MOST_RECENT || isOld(recent.peekFirst(), now)) {
                recent.removeFirst();
            }
        }
        add(new Note(event, sockets, Kind.LIVE, now));
    }

    private static boolean isOld(@Nullable PositionedEvent event, long now) {
        return event != null && now - event.id().millis() > RECENTLY.toMillis();
    }

    @Override
    public void replayed(PositionedEvent event, Subscriber socket) {
        add(new Note(event, List.of(socket), Kind.REPLAYED, clock.getAsLong()));
    }

    @Override
    public void resumed(Subscriber socket, Predicate<PositionedEvent> had) {
        List<PositionedEvent> known;
        synchronized (recent) {
            known = List.copyOf(recent);
        }
        known.stream().filter(had).forEach(event -> add(new Note(event, List.of(socket), Kind.HAD, clock.getAsLong())));
    }

    private void add(Note note) {
        synchronized (waiting) {
            if (waitingUsers + note.weight() > MOST_WAITING) {
                unnoted.increment(note.sockets().size());
                return;
            }
            waiting.addLast(note);
            waitingUsers += note.weight();
        }
        wake();
    }

    @Override
    protected Duration beat() {
        try {
            flush();
            return OTHERWISE;
        } catch (RuntimeException e) {
            log.debug("Receipts could not be written; trying again", e);
            return AGAIN;
        }
    }

    /**
     * Records everything that waits, so that whoever answers a notification at once is known as addressed. Waits for
     * Redis; costs nothing while nothing waits.
     *
     * @throws DataAccessException when Redis does not answer
     */
    void flush() {
        if (isEmpty()) {
            return;
        }
        writing.lock();
        try {
            for (List<Note> next = next(); !next.isEmpty(); next = next()) {
                write(next);
                remove(next.size());
            }
        } finally {
            writing.unlock();
        }
    }

    private boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** The first note, and those like it that follow: thousands may reconnect at once. */
    private List<Note> next() {
        synchronized (waiting) {
            List<Note> next = new ArrayList<>();
            for (Note note : waiting) {
                boolean fits = next.isEmpty()
                        || (next.size() < AT_ONCE && note.kind() != Kind.LIVE && isSame(next.getFirst(), note));
                if (!fits) {
                    break;
                }
                next.add(note);
            }
            return next;
        }
    }

    private static boolean isSame(Note one, Note other) {
        return one.kind() == other.kind()
                && one.event().id().equals(other.event().id());
    }

    private void remove(int count) {
        synchronized (waiting) {
            for (int i = 0; i < count; i++) {
                waitingUsers -= waiting.removeFirst().weight();
            }
        }
    }

    private void write(List<Note> notes) {
        Note first = notes.getFirst();
        Map<String, Integer> sockets = new LinkedHashMap<>();
        int each = first.kind() == Kind.HAD ? 0 : 1;
        notes.forEach(note ->
                note.sockets().forEach(socket -> sockets.merge(socket.identity().userKey(), each, Integer::sum)));
        String id = first.event().id().toString();
        Confirmation confirmation = Objects.requireNonNull(first.event().confirmation());
        Opening opening = first.kind() == Kind.HAD ? null : opening(first.event(), confirmation, id);
        if (opening == null && sockets.isEmpty()) {
            return;
        }
        Map<String, Integer> some = new LinkedHashMap<>();
        int part = 0;
        for (Map.Entry<String, Integer> user : sockets.entrySet()) {
            some.put(user.getKey(), user.getValue());
            if (some.size() == AT_ONCE) {
                write(first, confirmation, opening, marker(first, id, part++), some);
                some.clear();
            }
        }
        if (part == 0 || !some.isEmpty()) {
            write(first, confirmation, opening, marker(first, id, part), some);
        }
    }

    private static @Nullable Opening opening(PositionedEvent event, Confirmation confirmation, String id) {
        return confirmation.receipt() == null
                ? new Opening(
                        ReceiptHead.of(confirmation, event.rooms(), event.sending()),
                        new String(confirmation.unmark(event.payload(), id), StandardCharsets.UTF_8))
                : null;
    }

    /** A note whose answer was lost is written again, and must not count twice. */
    private String marker(Note note, String id, int part) {
        return note.kind() == Kind.LIVE && !note.sockets().isEmpty() ? "n:" + self + ":" + id + ":" + part : "";
    }

    private void write(
            Note note,
            Confirmation confirmation,
            @Nullable Opening opening,
            String marker,
            Map<String, Integer> sockets) {
        String receipt = confirmation.receiptOf(note.event().id().toString());
        long left = store.note(receipt, opening, confirmation.step(), marker, note.at(), sockets);
        if (left == ReceiptStore.NO_ROOM && store.makeRoom(size(opening, sockets))) {
            left = store.note(receipt, opening, confirmation.step(), marker, note.at(), sockets);
        }
        unnoted.increment(left < 0 ? sockets.size() : left);
    }

    private static long size(@Nullable Opening opening, Map<String, Integer> sockets) {
        return sockets.size() * USER_BYTES
                + (opening == null ? 0 : RECEIPT_BYTES + 3L * opening.payload().length());
    }

    @Override
    public void stop() {
        stop(FAREWELL);
        farewell(FAREWELL, this::flush);
    }
}
