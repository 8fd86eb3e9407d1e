package dev.realtime.service.presence;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.OutgoingEvent.IdempotenceKey;
import dev.realtime.service.presence.UserRegister.Decision;
import dev.realtime.service.presence.UserRegister.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Tells {@code user:online} and {@code user:offline}, as fast as is allowed. Who changed back before his turn is not told
 * of at all. Each is put into the stream under a key of its own, so that one who tells it again after a crash, or at the
 * same time, adds nothing.
 *
 * <p>Metrics: {@code realtime.presence.announced} by {@code event}; {@code realtime.presence.waiting}, how many users are
 * to be looked at, on the instance that leads.
 */
@Component
final class Announcer {

    /** Beyond those that may be told: who is looked at and turns out to be no news. */
    private static final int LOOKED_AT = 200;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final String SCOPE = "presence";

    private final UserRegister users;
    private final EventPublisher events;
    private final PresenceProperties properties;
    private final MeterRegistry metrics;
    /** When the last ones were told, {@link System#nanoTime()}; as many as may be told in a second. */
    private final Deque<Long> told = new ArrayDeque<>();

    private volatile long waiting;

    Announcer(UserRegister users, EventPublisher events, PresenceProperties properties, MeterRegistry metrics) {
        this.users = users;
        this.events = events;
        this.properties = properties;
        this.metrics = metrics;
        metrics.gauge("realtime.presence.waiting", this, announcer -> announcer.waiting);
    }

    /** Looks at whoever is due. May throw when Redis is away; nothing is lost by that. */
    void announce() {
        List<Decision> decisions = users.decide(users.due(LOOKED_AT));
        users.settle(decisions.stream()
                .filter(decision -> decision.kind() != Kind.TELL)
                .toList());
        for (Decision decision : decisions) {
            if (decision.kind() == Kind.TELL) {
                if (!mayTell()) {
                    break;
                }
                tell(decision);
            }
        }
        waiting = users.waiting();
    }

    private boolean mayTell() {
        long now = System.nanoTime();
        if (told.size() >= properties.announcementsPerSecond()) {
            if (now - told.peekFirst() < SECOND) {
                return false;
            }
            told.removeFirst();
        }
        told.addLast(now);
        return true;
    }

    private void tell(Decision decision) {
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

    /** It leads no longer. */
    void rest() {
        waiting = 0;
    }
}
