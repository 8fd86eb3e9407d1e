package dev.realtime.service.board.announce;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.board.UnansweredCall;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.Teller;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.CallEntry;
import dev.realtime.service.board.Untold;
import dev.realtime.service.board.announce.UnansweredProperties.Step;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells {@code call:unanswered}. Every instance that sees a call's time come tells it under the same idempotence key,
 * so no instance is needed for it. To spare Redis, those that do not lead wait a little longer, and go on waiting while
 * they read that somebody tells.
 *
 * <p>Metrics: {@code realtime.board.announced} and {@code realtime.board.waiting}, both by {@code event}: what this
 * instance told, and the calls whose time has come and that were not told yet.
 */
@Component
final class UnansweredCalls extends Beating {

    private static final Logger log = LoggerFactory.getLogger(UnansweredCalls.class);

    /** Not longer than the shortest time of a step: a call that comes during a pause is not told late. */
    static final Duration IDLE = Duration.ofSeconds(1);

    static final Duration OTHERS_LATER = Duration.ofMillis(400);
    static final int PER_SECOND = 200;

    /** A tenth of a second's calls: those who wait while others tell must not take a pause for an end. */
    private static final int BATCH = PER_SECOND / 10;

    private static final Duration AFTER_BATCH = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(250);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final long ASK_AGAIN = TimeUnit.MILLISECONDS.toNanos(250);

    private final Board board;
    private final List<Step> steps;
    private final JsonMapper json;
    private final Teller teller;
    private final BooleanSupplier upToDate;
    private final BooleanSupplier lease;
    private final LongSupplier clock;
    private final LongSupplier nanos;

    private boolean leads;
    private long askedAt;
    private long toldCalls;
    private long othersToldAt;

    @Autowired
    UnansweredCalls(
            Board board,
            UnansweredProperties properties,
            EventPublisher events,
            JsonMapper json,
            UpToDate upToDate,
            LeaderLease lease,
            ClusterClock clock,
            MeterRegistry meters) {
        this(board, properties, events, json, upToDate, lease::hold, clock::millis, System::nanoTime, meters);
    }

    /**
     * For tests, with their own clocks.
     *
     * @param clock Redis' time, in milliseconds since 1970
     * @param nanos this machine's time, in nanoseconds
     */
    UnansweredCalls(
            Board board,
            UnansweredProperties properties,
            EventPublisher events,
            JsonMapper json,
            BooleanSupplier upToDate,
            BooleanSupplier lease,
            LongSupplier clock,
            LongSupplier nanos,
            MeterRegistry meters) {
        super("unanswered-calls");
        this.board = board;
        this.steps = properties.steps();
        this.upToDate = upToDate;
        this.lease = lease;
        this.clock = clock;
        this.nanos = nanos;
        this.askedAt = nanos.getAsLong() - ASK_AGAIN;
        this.othersToldAt = nanos.getAsLong() - OTHERS_LATER.toNanos();
        this.json = json;
        this.teller = new Teller(
                "unanswered", null, PER_SECOND, events, Told.counter(BroadcastEvent.CALL_UNANSWERED, meters), nanos);
        Gauge.builder("realtime.board.waiting", this, UnansweredCalls::waiting)
                .tag("event", BroadcastEvent.CALL_UNANSWERED.wireName())
                .description("What has to be told about the live board and was not told yet")
                .register(meters);
    }

    private double waiting() {
        long now = clock.getAsLong();
        Long count = board.untold(untold -> steps.stream()
                .mapToLong(step -> untold.countCalls(step.number() - 1, now - step.millis()))
                .sum());
        return count == null ? 0 : count;
    }

    @Override
    protected Duration beat() {
        try {
            return tellThoseDue();
        } catch (RuntimeException e) {
            log.debug("Unanswered calls could not be told; trying again", e);
            return AFTER_FAILURE;
        }
    }

    private Duration tellThoseDue() {
        Long first = board.untold(this::firstDue);
        if (first == null) {
            return AFTER_FAILURE;
        }
        long now = clock.getAsLong();
        if (first > now) {
            return Duration.ofMillis(Math.clamp(first - now, SOON.toMillis(), IDLE.toMillis()));
        }
        if ((!leads() && othersMayTell(now - first)) || !upToDate.getAsBoolean()) {
            return SOON;
        }
        List<CallEntry> due = board.untold(untold -> due(untold, now));
        if (due != null) {
            due.forEach(this::tell);
        }
        return AFTER_BATCH;
    }

    /** When the next call has to be told; {@link Untold#NONE} without one. */
    private long firstDue(Untold untold) {
        long first = Untold.NONE;
        for (Step step : steps) {
            long since = untold.firstCall(step.number() - 1);
            first = since == Untold.NONE ? first : Math.min(first, since + step.millis());
        }
        return first;
    }

    private List<CallEntry> due(Untold untold, long now) {
        int most = Math.min(BATCH, teller.allowed());
        List<CallEntry> due = new ArrayList<>();
        for (Step step : steps) {
            due.addAll(untold.calls(
                    step.number() - 1, now - step.millis(), most - due.size(), call -> !teller.isOnItsWay(key(call))));
        }
        return due;
    }

    private void tell(CallEntry call) {
        // Telling the calls before this one took time.
        if (Boolean.TRUE.equals(board.untold(untold -> untold.has(call)))) {
            Step step = steps.get(call.toldStep());
            teller.tell(
                    key(call),
                    new OutgoingEvent(
                            BroadcastEvent.CALL_UNANSWERED,
                            step.rooms(),
                            json.writeValueAsBytes(
                                    new UnansweredCall(call.view(), step.after().toSeconds(), step.number())),
                            null));
        }
    }

    private static String key(CallEntry call) {
        return call.key() + ":" + (call.toldStep() + 1);
    }

    private boolean leads() {
        long now = nanos.getAsLong();
        if (now - askedAt >= ASK_AGAIN) {
            leads = lease.getAsBoolean();
            askedAt = now;
        }
        return leads;
    }

    /** Whether others should be left to tell it: the time has just come, or they are telling. */
    private boolean othersMayTell(long lateMillis) {
        Long told = board.untold(Untold::toldCalls);
        long now = nanos.getAsLong();
        if (told != null && told != toldCalls) {
            toldCalls = told;
            othersToldAt = now;
        }
        return lateMillis < OTHERS_LATER.toMillis() || now - othersToldAt < OTHERS_LATER.toNanos();
    }

    @Override
    public void start() {
        if (!steps.isEmpty()) {
            super.start();
        }
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
