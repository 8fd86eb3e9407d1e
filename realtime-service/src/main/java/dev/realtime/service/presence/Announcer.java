package dev.realtime.service.presence;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.heartbeat.Pace;
import dev.realtime.service.presence.UserRegister.Decision;
import dev.realtime.service.presence.UserRegister.Due;
import dev.realtime.service.presence.UserRegister.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Announces {@code user:online} and {@code user:offline}, at no more than the configured rate. Users who reconnect
 * before their announcement is due are not announced. Each announcement goes into the stream under its own idempotence
 * key, so that repeating it, by another leader after a crash or at the same time, adds nothing.
 *
 * <p>Metrics: {@code realtime.presence.announced} by {@code event}; {@code realtime.presence.waiting}, how many users
 * remain to be checked, on the leader.
 */
@Component
final class Announcer {

    /** How many users one call checks before other work gets its turn. */
    private static final int LOOKED_AT = 200;

    private static final String SCOPE = "presence";

    private final UserRegister users;
    private final EventPublisher events;
    private final PresenceProperties properties;
    private final MeterRegistry metrics;
    private final Pace pace;

    private volatile long waiting;

    @Autowired
    Announcer(UserRegister users, EventPublisher events, PresenceProperties properties, MeterRegistry metrics) {
        this(users, events, properties, metrics, System::nanoTime);
    }

    /** For tests, with their own clock in nanoseconds. */
    Announcer(
            UserRegister users,
            EventPublisher events,
            PresenceProperties properties,
            MeterRegistry metrics,
            LongSupplier clock) {
        this.users = users;
        this.events = events;
        this.properties = properties;
        this.metrics = metrics;
        this.pace = new Pace(properties.announcementsPerSecond(), clock);
        metrics.gauge("realtime.presence.waiting", this, announcer -> announcer.waiting);
    }

    /**
     * Checks the users that are due, no more than may be announced: a user whose announcement must wait is checked
     * again, which wastes work while thousands wait. May throw if Redis is unavailable; nothing is lost then.
     *
     * @return whether any users remain to be checked, now or later
     */
    boolean announce() {
        int looked = 0;
        // A batch may hold nothing to announce, for example after many users reconnected in time; then check more.
        for (int most = pace.allowed(); most > 0 && looked < LOOKED_AT; most = pace.allowed()) {
            int batch = Math.min(Math.max(most, looked), LOOKED_AT - looked);
            List<Due> due = users.due(batch);
            List<Decision> decisions = users.decide(due);
            users.settle(decisions.stream()
                    .filter(decision -> decision.kind() != Kind.TELL)
                    .toList());
            decisions.stream()
                    .filter(decision -> decision.kind() == Kind.TELL)
                    .limit(most)
                    .forEach(this::tell);
            looked += due.size();
            if (due.size() < batch) {
                break;
            }
        }
        waiting = users.waiting();
        return waiting > 0;
    }

    private void tell(Decision decision) {
        pace.take();
        BroadcastEvent event =
                decision.what().startsWith("online:") ? BroadcastEvent.USER_ONLINE : BroadcastEvent.USER_OFFLINE;
        if (!properties.hearers().isEmpty()) {
            String key = decision.due().userKey() + ":" + decision.what();
            events.publish(new OutgoingEvent(
                    event,
                    properties.hearers(),
                    decision.who().getBytes(StandardCharsets.UTF_8),
                    new IdempotenceKey(SCOPE, key, "")));
            metrics.counter("realtime.presence.announced", "event", event.wireName())
                    .increment();
        }
        users.told(decision);
    }

    /** Notes that this instance no longer leads. */
    void rest() {
        waiting = 0;
    }
}
