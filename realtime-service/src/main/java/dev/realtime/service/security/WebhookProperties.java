package dev.realtime.service.security;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.launch.SecretRules;
import dev.realtime.launch.StartupProblems;
import jakarta.validation.constraints.NotEmpty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The tokens by which services authenticate.
 *
 * @param token the shared token, {@code WEBHOOK_TOKEN}, of the service named {@value #DEFAULT_SERVICE}
 * @param services services with tokens of their own, by name; a name has 1 to 40 characters of a-z, 0-9 and hyphen
 */
@Validated
@ConfigurationProperties("realtime.webhook")
public record WebhookProperties(
        @NotEmpty(message = "WEBHOOK_TOKEN must be set") String token,
        @DefaultValue Map<String, ServiceKeys> services) {

    /** The name of the service that uses {@code WEBHOOK_TOKEN}. */
    public static final String DEFAULT_SERVICE = "default";

    private static final String PREFIX = "realtime.webhook.services";
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    private static final int MOST_TOKENS = 2;
    private static final int MOST_SERVICES = 100;
    private static final int HIGHEST_RATE = 100_000;

    public WebhookProperties {
        services = Map.copyOf(services);
        if (services.size() > MOST_SERVICES) {
            throw new IllegalArgumentException(PREFIX + " must name at most " + MOST_SERVICES + " services");
        }
        Map<String, String> owners = new HashMap<>();
        owners.put(token, "WEBHOOK_TOKEN");
        services.forEach((name, keys) -> check(name, keys, owners));
    }

    private static void check(String name, ServiceKeys keys, Map<String, String> owners) {
        String property = PREFIX + "." + name;
        if (!NAME.matcher(name).matches() || name.equals(DEFAULT_SERVICE)) {
            throw new IllegalArgumentException(property
                    + ": a service's name must have 1 to 40 characters of a-z, 0-9 and hyphen, and must not be "
                    + DEFAULT_SERVICE);
        }
        if (keys.tokens().isEmpty() || keys.tokens().size() > MOST_TOKENS) {
            throw new IllegalArgumentException(property + ".tokens must have one token, or two while it is replaced");
        }
        for (int i = 0; i < keys.tokens().size(); i++) {
            String token = keys.tokens().get(i);
            String where = property + ".tokens[" + i + "]";
            StartupProblems problems = new StartupProblems();
            SecretRules.checkWebhookToken(where, token, problems);
            if (!problems.all().isEmpty()) {
                throw new IllegalArgumentException(problems.all().getFirst());
            }
            String other = owners.putIfAbsent(token, where);
            if (other != null) {
                throw new IllegalArgumentException(where + " and " + other + " must differ");
            }
        }
        for (String event : keys.events()) {
            if (BroadcastEvent.ofWireName(event).flatMap(BroadcastEvent::path).isEmpty()) {
                throw new IllegalArgumentException(
                        property + ".events has " + event + ", which is not an event that services may post");
            }
        }
        between(property + ".rate", keys.rate());
        between(property + ".burst", keys.burst());
        if (keys.burst() != null && keys.rate() == null) {
            throw new IllegalArgumentException(property + ".burst needs " + property + ".rate");
        }
    }

    private static void between(String property, @Nullable Integer value) {
        if (value != null && (value < 1 || value > HIGHEST_RATE)) {
            throw new IllegalArgumentException(property + " must be from 1 to " + HIGHEST_RATE + ", but is " + value);
        }
    }

    /** All services with their tokens, events and rates as one secret text, for comparison between instances. */
    public String allOfServices() {
        StringBuilder text = new StringBuilder("services");
        new TreeMap<>(services)
                .forEach((name, keys) -> text.append(' ')
                        .append(name)
                        .append(keys.tokens())
                        .append(keys.events())
                        .append(keys.rate())
                        .append(keys.burst()));
        return text.toString();
    }

    @Override
    public String toString() {
        return "WebhookProperties[services=" + services.keySet() + "]";
    }

    /**
     * One service's tokens and their permissions.
     *
     * @param tokens the valid tokens: one, or two during a rotation; blank tokens are ignored
     * @param events wire names of the events that the service may post, such as {@code call:new}; empty means all
     * @param rate events per second, sustained; null means unlimited
     * @param burst how many events may come at once; null means twice the rate
     */
    public record ServiceKeys(
            @DefaultValue List<String> tokens,
            @DefaultValue List<String> events,
            @Nullable Integer rate,
            @Nullable Integer burst) {

        public ServiceKeys {
            tokens = tokens.stream().filter(token -> !token.isBlank()).toList();
            events = List.copyOf(events);
        }

        @Override
        public String toString() {
            return "ServiceKeys[tokens=" + tokens.size() + ", events=" + events + ", rate=" + rate + "]";
        }
    }
}
