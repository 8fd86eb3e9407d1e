package dev.realtime.service.board.announce;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.UserStatus;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.Teller;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.PersonEntry;
import dev.realtime.service.board.Untold;
import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.presence.PresenceProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells {@code user:status}: what operators are doing, once a status has lasted for a short time. The instance that
 * leads does it for all, and compares the board with what was told last, so whichever leads next goes on.
 *
 * <p>Metrics: {@code realtime.board.announced} and {@code realtime.board.waiting}, both by {@code event}: what this
 * instance told, and on the leader the operators whose status was not told yet.
 */
@Component
final class PeopleStatuses extends Beating {

    private static final Logger log = LoggerFactory.getLogger(PeopleStatuses.class);

    /** How long a status must last before it is told. */
    static final Duration DAMPING = Duration.ofMillis(500);

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration OTHERWISE = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Board board;
    private final List<Room> hearers;
    private final JsonMapper json;
    private final Teller teller;
    private final BooleanSupplier upToDate;
    private final BooleanSupplier lease;
    private final LongSupplier clock;

    private volatile boolean leads;

    @Autowired
    PeopleStatuses(
            Board board,
            PresenceProperties properties,
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
    PeopleStatuses(
            Board board,
            PresenceProperties properties,
            EventPublisher events,
            JsonMapper json,
            BooleanSupplier upToDate,
            BooleanSupplier lease,
            LongSupplier clock,
            LongSupplier nanos,
            MeterRegistry meters) {
        super("people-statuses");
        this.board = board;
        this.hearers = properties.hearers();
        this.upToDate = upToDate;
        this.lease = lease;
        this.clock = clock;
        this.json = json;
        this.teller = new Teller(
                "status",
                null,
                properties.announcementsPerSecond(),
                events,
                Told.counter(BroadcastEvent.USER_STATUS, meters),
                nanos);
        Gauge.builder("realtime.board.waiting", this, PeopleStatuses::waiting)
                .tag("event", BroadcastEvent.USER_STATUS.wireName())
                .description("What has to be told about the live board and was not told yet")
                .register(meters);
    }

    private double waiting() {
        Integer count = leads ? board.untold(Untold::countPeople) : null;
        return count == null ? 0 : count;
    }

    @Override
    protected Duration beat() {
        try {
            leads = lease.getAsBoolean();
            return leads ? tellThoseDue() : OTHERWISE;
        } catch (RuntimeException e) {
            log.debug("Statuses could not be told; trying again", e);
            return OTHERWISE;
        }
    }

    private Duration tellThoseDue() {
        Long first = board.untold(Untold::firstPerson);
        if (first == null || first == Untold.NONE) {
            return OTHERWISE;
        }
        long upTo = clock.getAsLong() - DAMPING.toMillis();
        if (first > upTo) {
            return Duration.ofMillis(Math.clamp(first - upTo, SOON.toMillis(), OTHERWISE.toMillis()));
        }
        if (upToDate.getAsBoolean()) {
            List<PersonEntry> due = board.untold(
                    untold -> untold.people(upTo, teller.allowed(), person -> !teller.isOnItsWay(key(person))));
            if (due != null) {
                due.forEach(this::tell);
            }
        }
        return SOON;
    }

    private void tell(PersonEntry person) {
        // Telling the people before this one took time.
        if (Boolean.TRUE.equals(board.untold(untold -> untold.has(person)))) {
            teller.tell(
                    key(person),
                    new OutgoingEvent(
                            BroadcastEvent.USER_STATUS, hearers, json.writeValueAsBytes(status(person)), null));
        }
    }

    private static UserStatus status(PersonEntry person) {
        return new UserStatus(person.userId(), person.name(), person.status(), Instant.ofEpochMilli(person.since()));
    }

    private static String key(PersonEntry person) {
        return person.key() + ":" + person.status().wireName() + ":" + person.since();
    }

    @Override
    public void start() {
        if (!hearers.isEmpty()) {
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
