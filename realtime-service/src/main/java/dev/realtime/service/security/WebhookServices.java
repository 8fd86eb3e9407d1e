package dev.realtime.service.security;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.service.text.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The services that may post events, by their tokens. A lookup compares digests, and always all of them, so that its
 * duration reveals neither a token's content nor its owner.
 */
@Component
public final class WebhookServices {

    private record Key(byte[] digest, WebhookService service) {}

    private final List<Key> keys = new ArrayList<>();
    private final List<WebhookService> services = new ArrayList<>();

    WebhookServices(WebhookProperties properties) {
        Set<BroadcastEvent> all = EnumSet.allOf(BroadcastEvent.class);
        add(new WebhookService(WebhookProperties.DEFAULT_SERVICE, all, null), List.of(properties.token()));
        properties.services().forEach((name, configured) -> {
            Set<BroadcastEvent> events = EnumSet.noneOf(BroadcastEvent.class);
            configured
                    .events()
                    .forEach(event -> BroadcastEvent.ofWireName(event).ifPresent(events::add));
            add(new WebhookService(name, events.isEmpty() ? all : events, rate(configured)), configured.tokens());
        });
    }

    private static @Nullable EventRate rate(WebhookProperties.ServiceKeys configured) {
        Integer rate = configured.rate();
        if (rate == null) {
            return null;
        }
        Integer burst = configured.burst();
        return new EventRate(rate, burst == null ? 2 * rate : burst, System::nanoTime);
    }

    private void add(WebhookService service, List<String> tokens) {
        services.add(service);
        tokens.forEach(token -> keys.add(new Key(Sha256.of(token), service)));
    }

    public List<WebhookService> all() {
        return List.copyOf(services);
    }

    /** The service that a token belongs to; null if there is none. */
    @Nullable
    WebhookService find(String token) {
        byte[] shown = Sha256.of(token);
        WebhookService found = null;
        for (Key key : keys) {
            boolean same = MessageDigest.isEqual(key.digest(), shown);
            found = same ? key.service() : found;
        }
        Arrays.fill(shown, (byte) 0);
        return found;
    }
}
