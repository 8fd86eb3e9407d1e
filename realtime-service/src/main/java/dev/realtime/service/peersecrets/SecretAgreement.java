package dev.realtime.service.peersecrets;

import dev.realtime.service.gateway.frontdoor.FrontDoorProperties;
import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.heartbeat.Beating;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says loudly when another instance on the same Redis has another {@code JWT_SECRET}, {@code WEBHOOK_TOKEN} or
 * {@code ADMIN_API_SECRET}: clients
 * and services would be let in by one and refused by the other. It stops nothing: which of them is wrong nobody knows
 * here. What it knows is at most {@link #INTERVAL} old; while Redis is away it is what was known last.
 *
 * <p>Metric: {@code realtime.secrets.differing}, how many of the variables differ.
 */
@Component
public final class SecretAgreement extends Beating implements HealthProblems {

    static final String JWT_SECRET = "JWT_SECRET";
    static final String WEBHOOK_TOKEN = "WEBHOOK_TOKEN";
    static final String ADMIN_API_SECRET = "ADMIN_API_SECRET";

    private static final Logger log = LoggerFactory.getLogger(SecretAgreement.class);

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** It is repeated for those who look at the newest lines only. */
    private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

    /** How long the end of this instance waits for a comparison under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PeerRegister register;
    private final String name;

    private volatile Map<String, SortedSet<String>> differing = Map.of();
    /** By variable, {@link System#nanoTime()}; the one thread's own. */
    private final Map<String, Long> lastSaid = new HashMap<>();

    SecretAgreement(PeerRegister register, MeterRegistry metrics, FrontDoorProperties door) {
        super("secret-agreement");
        this.register = register;
        // Two on one host with a port that the system chose must not have one name.
        this.name = host() + ":" + door.portNumber() + "#"
                + UUID.randomUUID().toString().substring(0, 8);
        Gauge.builder("realtime.secrets.differing", this, agreement -> agreement.differing.size())
                .register(metrics);
    }

    /** A sentence for each variable that differs; empty when all is well. Never waits. */
    @Override
    public List<String> problems() {
        return differing.keySet().stream()
                .map(variable -> variable + " differs between instances")
                .toList();
    }

    @Override
    public void stop() {
        try {
            // Else it might write its entry once more after it was taken out.
            if (stop(PATIENCE)) {
                register.leave(name);
            }
        } catch (RuntimeException e) {
            log.debug("The entry stays until it is too old", e);
        }
    }

    @Override
    protected Duration beat() {
        try {
            Map<String, SortedSet<String>> found = register.compare(name);
            say(found);
            differing = found;
        } catch (RuntimeException e) {
            log.debug("Nothing was compared", e);
        }
        return INTERVAL;
    }

    private void say(Map<String, SortedSet<String>> found) {
        found.forEach((variable, others) -> {
            Long last = lastSaid.get(variable);
            if (last == null || System.nanoTime() - last >= REPEATED_AFTER.toNanos()) {
                lastSaid.put(variable, System.nanoTime());
                log.error(
                        "{} of this instance, {}, differs from that of {} on the same Redis: what one of them lets in,"
                                + " the other refuses. Give all of them the same.",
                        variable,
                        name,
                        others);
            }
        });
        differing.keySet().stream()
                .filter(variable -> !found.containsKey(variable))
                .forEach(variable -> {
                    lastSaid.remove(variable);
                    log.info("{} is the same on all instances again", variable);
                });
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
