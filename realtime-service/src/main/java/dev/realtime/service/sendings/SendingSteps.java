package dev.realtime.service.sendings;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.sendings.SendingStore.Due;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Sends what was held or planned once its time has come, and finishes what an instance that died has begun. Every
 * instance does, so no single one is needed; to spare Redis, those that do not lead wait a little longer. It also forgets
 * sendings that are no longer kept, and looks whether anything was recalled.
 *
 * <p>Metrics: {@code realtime.sendings.sent}, what this instance sent after it had waited; {@code
 * realtime.sendings.waiting}, {@code .kept} and {@code .bytes}, how many sendings in Redis wait, how many there are and
 * what they take, and {@code .recalled}, how many recalls are known, the same on every instance.
 */
@Component
final class SendingSteps extends Beating {

    private static final Logger log = LoggerFactory.getLogger(SendingSteps.class);

    /** Not longer than the shortest hold: what is held during a pause is not late. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration OTHERS_LATER = Duration.ofMillis(400);

    /** How long an instance may take to publish what it has taken, before others do. */
    static final Duration OTHERS_TRY_AFTER = Duration.ofSeconds(5);

    private static final int AT_ONCE = 20;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SendingStore store;
    private final SendingPublisher publisher;
    private final Recalls recalls;
    private final SendingProperties properties;
    private final BooleanSupplier lease;
    private final LongSupplier clock;
    private final Counter sent;

    private volatile long waiting;
    private volatile long kept;
    private volatile long bytes;

    @Autowired
    SendingSteps(
            SendingStore store,
            SendingPublisher publisher,
            Recalls recalls,
            SendingProperties properties,
            LeaderLease lease,
            ClusterClock clock,
            MeterRegistry meters) {
        this(store, publisher, recalls, properties, lease::hold, clock::millis, meters);
    }

    /** For tests, with their own clock in milliseconds since 1970. */
    SendingSteps(
            SendingStore store,
            SendingPublisher publisher,
            Recalls recalls,
            SendingProperties properties,
            BooleanSupplier lease,
            LongSupplier clock,
            MeterRegistry meters) {
        super("sending-steps");
        this.store = store;
        this.publisher = publisher;
        this.recalls = recalls;
        this.properties = properties;
        this.lease = lease;
        this.clock = clock;
        this.sent = Counter.builder("realtime.sendings.sent")
                .description("Notifications that this instance sent after they had waited")
                .register(meters);
        Gauge.builder("realtime.sendings.waiting", this, steps -> steps.waiting)
                .description("Notifications that are held or planned")
                .register(meters);
        Gauge.builder("realtime.sendings.kept", this, steps -> steps.kept)
                .description("Sendings in Redis")
                .register(meters);
        Gauge.builder("realtime.sendings.bytes", this, steps -> steps.bytes)
                .description("What the sendings in Redis take, about")
                .baseUnit("bytes")
                .register(meters);
        Gauge.builder("realtime.sendings.recalled", recalls, Recalls::size)
                .description("Recalls of notifications that are known")
                .register(meters);
    }

    @Override
    protected Duration beat() {
        try {
            return takeThoseDue();
        } catch (RuntimeException e) {
            log.debug("What is held or planned could not be looked at; trying again", e);
            return AFTER_FAILURE;
        }
    }

    private Duration takeThoseDue() {
        long now = clock.getAsLong();
        Due due = store.due(now, AT_ONCE);
        waiting = due.waiting();
        kept = due.sendings();
        bytes = due.bytes();
        recalls.refresh(due.recalls());
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
        long now = clock.getAsLong();
        String state = store.take(id, now, now + OTHERS_TRY_AFTER.toMillis());
        try {
            SendingEntry entry = store.find(id);
            if (entry == null) {
                return;
            }
            if (state.equals(SendingState.SENDING.wireName())) {
                send(entry);
            } else if (state.equals(SendingState.RECALLED.wireName())) {
                publisher.tellRecall(entry);
            }
        } catch (JacksonException e) {
            log.warn("Forgetting sending {}: it cannot be read", id, e);
            store.drop(id);
        }
    }

    private void send(SendingEntry entry) {
        try {
            if (!publisher.send(entry).repeated()) {
                sent.increment();
            }
        } catch (BackplaneUnavailableException e) {
            refused(entry, e.code(), e);
        } catch (ProblemException e) {
            refused(entry, e.code(), e);
        }
    }

    /** It is tried again after a while, until it has been tried for long enough. */
    private void refused(SendingEntry entry, ErrorCode code, RuntimeException e) {
        long now = clock.getAsLong();
        if (now - entry.at() < properties.retryFor().toMillis()) {
            log.debug("The sending {} was refused; trying again", entry.id(), e);
            return;
        }
        store.fail(entry.id(), code.code(), now);
        log.warn("Giving up sending {}, which was due at {}: {}", entry.id(), entry.at(), code.code());
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
