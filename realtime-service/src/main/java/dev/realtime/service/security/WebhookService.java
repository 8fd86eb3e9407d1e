package dev.realtime.service.security;

import dev.realtime.contracts.BroadcastEvent;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service that may post events, identified by its tokens. */
public final class WebhookService {

    private final String name;
    private final Set<BroadcastEvent> events;
    private final @Nullable EventRate rate;

    WebhookService(String name, Set<BroadcastEvent> events, @Nullable EventRate rate) {
        this.name = name;
        this.events = EnumSet.copyOf(events);
        this.rate = rate;
    }

    /** The service's name in the configuration. */
    public String name() {
        return name;
    }

    /** Whether the service may post this event. */
    public boolean mayPost(BroadcastEvent event) {
        return events.contains(event);
    }

    /** Counts an event that the service posts. Returns false if it exceeds the rate, which passes within a second. */
    public boolean take() {
        return rate == null || rate.take();
    }

    @Override
    public String toString() {
        return name;
    }
}
