package dev.realtime.service.sendings;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.fanout.EventTrail;
import dev.realtime.service.fanout.PositionedEvent;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.launch.StartGate;
import dev.realtime.service.payload.KnownMembers;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What was recalled, as this instance knows it: read from Redis before the port opens, and kept up by the stream, in its
 * order. Never forgets a recall that Redis has, and puts back what Redis has lost.
 */
@Component
final class Recalls implements Withheld, EventTrail, StartGate {

    private static final Logger log = LoggerFactory.getLogger(Recalls.class);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration TRY_AGAIN = Duration.ofMillis(250);
    private static final String NAME = BroadcastEvent.NOTIFICATION_RECALLED.wireName();

    private final RecallStore store;
    private final LongSupplier clock;

    /** With the time of the recall. Little more than Redis keeps. */
    private final Map<Recalled, Long> known = new ConcurrentHashMap<>();

    /** The sendings in it, and the events to confirm. */
    private final Set<String> sendings = ConcurrentHashMap.newKeySet();

    private final Set<String> events = ConcurrentHashMap.newKeySet();

    private volatile boolean reading;

    /** What {@link SendingStore.Due#recalls} was when all was read; used by the thread of the steps. */
    private @Nullable String version;

    @Autowired
    Recalls(RecallStore store, ClusterClock clock) {
        this(store, clock::millis);
    }

    /** For tests, with their own clock in milliseconds since 1970. */
    Recalls(RecallStore store, LongSupplier clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public @Nullable Reason reason(SendingRef sending) {
        String id = sending.sending();
        if (id != null && sendings.contains(id)) {
            return Reason.RECALLED;
        }
        return sending.until() != null && sending.until().toEpochMilli() <= clock.getAsLong() ? Reason.EXPIRED : null;
    }

    @Override
    public boolean isRecalled(String eventId) {
        return events.contains(eventId);
    }

    @Override
    public void append(PositionedEvent event, KnownMembers members) {
        reading = true;
        String sending = event.sending() == null ? null : event.sending().sending();
        if (sending != null && event.name().equals(NAME)) {
            add(new Recalled(sending, members.text("confirmId")), event.id().millis());
        }
    }

    @Override
    public void pass(StreamId id) {
        reading = true;
    }

    @Override
    public void restart(StreamId after) {
        reading = true;
    }

    private void add(Recalled recalled, long at) {
        known.putIfAbsent(recalled, at);
        sendings.add(recalled.sending());
        if (recalled.toConfirm() != null) {
            events.add(recalled.toConfirm());
        }
    }

    /**
     * Reads what was recalled, if that has changed. Waits for Redis. For one thread.
     *
     * @param newest see {@link SendingStore.Due#recalls}
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    void refresh(String newest) {
        if (newest.equals(version)) {
            return;
        }
        Map<Recalled, Long> read = store.recalled();
        read.forEach(this::add);
        if (read.size() < RecallStore.MOST) {
            restore(read);
        } else if (known.size() > 2 * RecallStore.MOST) {
            forgetBut(read);
        }
        version = newest;
    }

    private void restore(Map<Recalled, Long> read) {
        Map<Recalled, Long> lost = new HashMap<>(known);
        lost.keySet().removeAll(read.keySet());
        long restored = lost.isEmpty() ? 0 : store.restore(lost);
        if (restored > 0) {
            log.warn("Redis lost {} recalls of notifications; they were restored from memory", restored);
        }
    }

    private void forgetBut(Map<Recalled, Long> read) {
        for (Recalled old : Set.copyOf(known.keySet())) {
            if (!read.containsKey(old)) {
                known.remove(old);
                sendings.remove(old.sending());
                if (old.toConfirm() != null) {
                    events.remove(old.toConfirm());
                }
            }
        }
    }

    /** How many recalls are known. */
    int size() {
        return known.size();
    }

    @Override
    public String description() {
        return "the recalled notifications from Redis";
    }

    @Override
    public CompletionStage<?> opened() {
        return CompletableFuture.runAsync(
                this::readOnceReading,
                task -> Thread.ofVirtual().name("recalls").start(task));
    }

    /** Once the stream is being read: whatever is recalled after this is in the stream behind that place. */
    private void readOnceReading() {
        try {
            while (!reading) {
                Thread.sleep(LOOK_AGAIN);
            }
            while (!isRead()) {
                Thread.sleep(TRY_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRead() {
        try {
            store.recalled().forEach(this::add);
            return true;
        } catch (RuntimeException e) {
            log.debug("What was recalled could not be read; trying again", e);
            return false;
        }
    }
}
