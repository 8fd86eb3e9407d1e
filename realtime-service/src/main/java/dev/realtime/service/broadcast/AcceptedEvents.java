package dev.realtime.service.broadcast;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.security.WebhookService;
import dev.realtime.service.security.WebhookServices;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts accepted events: {@code realtime.broadcast.accepted} by {@code service} and {@code event}. */
@Component
final class AcceptedEvents {

    private final Map<WebhookService, Map<BroadcastEvent, Counter>> counters = new HashMap<>();

    AcceptedEvents(WebhookServices services, MeterRegistry meters) {
        for (WebhookService service : services.all()) {
            Map<BroadcastEvent, Counter> ofService = new EnumMap<>(BroadcastEvent.class);
            for (BroadcastEvent event : BroadcastEvent.values()) {
                if (event.path().isPresent() && service.mayPost(event)) {
                    ofService.put(event, counter(service, event, meters));
                }
            }
            counters.put(service, ofService);
        }
    }

    private static Counter counter(WebhookService service, BroadcastEvent event, MeterRegistry meters) {
        return Counter.builder("realtime.broadcast.accepted")
                .description("Events from services that Redis accepted")
                .tag("service", service.name())
                .tag("event", event.wireName())
                .register(meters);
    }

    void note(WebhookService service, BroadcastEvent event) {
        Map<BroadcastEvent, Counter> ofService = counters.get(service);
        Counter counter = ofService == null ? null : ofService.get(event);
        if (counter != null) {
            counter.increment();
        }
    }
}
