package dev.realtime.service.receipts;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.Teller;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.fanout.Withheld;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.payload.SendingRef;
import dev.realtime.service.receipts.ReceiptStore.Due;
import dev.realtime.service.receipts.Receipts.WithUsers;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Reminds those who have not confirmed a notification, and escalates it. Every instance that sees a step's time come
 * publishes it under the same idempotence key, so no instance is needed for it. To spare Redis, those that do not lead
 * wait a little longer. A step is over once Redis has recorded it; whoever dies in between leaves it to the others, whose
 * events are duplicates then.
 *
 * <p>It also forgets receipts that are no longer kept.
 *
 * <p>Metrics: {@code realtime.receipts.steps} by {@code step}, what this instance published; {@code
 * realtime.receipts.kept} and {@code realtime.receipts.bytes}, how many receipts there are in Redis and how much they
 * take, the same on every instance.
 */
@Component
final class ReceiptSteps extends Beating {

    private static final Logger log = LoggerFactory.getLogger(ReceiptSteps.class);

    /** Not longer than the shortest time for a confirmation: one that is sent during a pause is not late. */
    static final Duration IDLE = Duration.ofSeconds(1);

    static final Duration OTHERS_LATER = Duration.ofMillis(400);

    private static final int PER_SECOND = 50;
    private static final int AT_ONCE = 20;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ReceiptStore store;
    private final Map<Step, Teller> tellers = new EnumMap<>(Step.class);
    private final Withheld withheld;
    private final BooleanSupplier lease;
    private final LongSupplier clock;

    private volatile long kept;
    private volatile long bytes;

    @Autowired
    ReceiptSteps(
            ReceiptStore store,
            ReceiptProperties properties,
            EventPublisher events,
            Withheld withheld,
            LeaderLease lease,
            ClusterClock clock,
            MeterRegistry meters) {
        this(store, properties, events, withheld, lease::hold, clock::millis, System::nanoTime, meters);
    }

    /**
     * For tests, with their own clocks.
     *
     * @param clock Redis' time, in milliseconds since 1970
     * @param nanos this machine's time, in nanoseconds
     */
    ReceiptSteps(
            ReceiptStore store,
            ReceiptProperties properties,
            EventPublisher events,
            Withheld withheld,
            BooleanSupplier lease,
            LongSupplier clock,
            LongSupplier nanos,
            MeterRegistry meters) {
        super("receipt-steps");
        this.store = store;
        this.withheld = withheld;
        this.lease = lease;
        this.clock = clock;
        for (Step step : List.of(Step.REMINDER, Step.ESCALATION)) {
            Counter told = Counter.builder("realtime.receipts.steps")
                    .tag("step", step.text())
                    .description("Reminders and escalations that this instance published")
                    .register(meters);
            tellers.put(step, new Teller("receipt", properties.retention(), PER_SECOND, events, told, nanos));
        }
        Gauge.builder("realtime.receipts.kept", this, steps -> steps.kept)
                .description("Receipts in Redis")
                .register(meters);
        Gauge.builder("realtime.receipts.bytes", this, steps -> steps.bytes)
                .description("What the receipts in Redis take, about")
                .baseUnit("bytes")
                .register(meters);
    }

    @Override
    protected Duration beat() {
        try {
            return takeThoseDue();
        } catch (RuntimeException e) {
            log.debug("Reminders and escalations could not be sent; trying again", e);
            return AFTER_FAILURE;
        }
    }

    private Duration takeThoseDue() {
        long now = clock.getAsLong();
        Due due = store.due(now, AT_ONCE);
        kept = due.receipts();
        bytes = due.bytes();
        due.over().forEach(store::drop);
        Long next = due.next();
        if (next == null || next > now) {
            return next == null ? IDLE : Duration.ofMillis(Math.clamp(next - now, SOON.toMillis(), IDLE.toMillis()));
        }
        if (now - next < OTHERS_LATER.toMillis() && !lease.getAsBoolean()) {
            return SOON;
        }
        due.come().forEach(this::take);
        return SOON;
    }

    private void take(String id) {
        try {
            WithUsers found = store.load(id);
            if (found != null) {
                take(found.receipt(), found.users());
            }
        } catch (JacksonException e) {
            log.warn("Forgetting receipt {}: it cannot be read", id, e);
            store.drop(id);
        }
    }

    private void take(Receipt receipt, List<Receipt.User> users) {
        Step step = receipt.next();
        Teller teller = step == null ? null : tellers.get(step);
        if (step == null || teller == null || teller.allowed() <= 0) {
            return;
        }
        if (isOver(receipt)) {
            store.over(receipt.id(), step, "", clock.getAsLong(), null, 0);
            return;
        }
        List<Room> rooms = step == Step.REMINDER ? toRemind(users) : toEscalate(receipt);
        String event = "";
        long at = clock.getAsLong();
        if (!rooms.isEmpty()) {
            event = teller.tell(receipt.id() + ":" + step.text(), again(receipt, step, rooms))
                    .id();
            at = StreamId.parse(event).millis();
        }
        boolean goesOn = step == Step.REMINDER && !receipt.head().escalateTo().isEmpty();
        store.over(
                receipt.id(),
                step,
                event,
                at,
                goesOn ? Step.ESCALATION : null,
                at + receipt.head().withinMillis());
    }

    /** Whether the notification was recalled or has run out, and nobody need see it again. */
    private boolean isOver(Receipt receipt) {
        SendingRef sending = receipt.head().sending();
        return withheld.isRecalled(receipt.id()) || (sending != null && withheld.reason(sending) != null);
    }

    private static List<Room> toRemind(List<Receipt.User> users) {
        return users.stream()
                .filter(user -> user.confirmedAt() == null)
                .map(user -> Room.user(user.userKey()))
                .toList();
    }

    private static List<Room> toEscalate(Receipt receipt) {
        return receipt.isConfirmedByAll() ? List.of() : receipt.head().escalateTo();
    }

    private static OutgoingEvent again(Receipt receipt, Step step, List<Room> rooms) {
        return new OutgoingEvent(
                BroadcastEvent.NOTIFICATION,
                rooms,
                receipt.payloadBytes(),
                null,
                null,
                Confirmation.again(receipt.id(), step),
                receipt.head().sending());
    }

    /** Ends before this instance lets another one lead. */
    @Override
    public int getPhase() {
        return 2;
    }

    @Override
    public void stop() {
        stop(FAREWELL);
    }
}
