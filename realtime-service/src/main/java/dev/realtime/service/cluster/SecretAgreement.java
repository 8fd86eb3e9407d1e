package dev.realtime.service.cluster;

import dev.realtime.service.health.HealthProblems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reports when another instance on the same Redis has a different {@code JWT_SECRET}, {@code WEBHOOK_TOKEN} or {@code
 * ADMIN_API_SECRET}: one of them would let in clients and services that the other refuses. It must not stop anything,
 * since it cannot know which secret is wrong. While Redis is unavailable the last known state stays.
 *
 * <p>Metric: {@code realtime.secrets.differing}, how many of the variables differ.
 */
@Component
public final class SecretAgreement implements BeatObserver, HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(SecretAgreement.class);

    /** Repeated, so that the difference shows among the newest log lines. */
    private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);

    private volatile Map<String, SortedSet<String>> differing = Map.of();
    /** By variable, {@link System#nanoTime()}; used by the register's thread only. */
    private final Map<String, Long> lastSaid = new HashMap<>();

    SecretAgreement(MeterRegistry metrics) {
        Gauge.builder("realtime.secrets.differing", this, agreement -> agreement.differing.size())
                .register(metrics);
    }

    /** One sentence for each variable that differs; empty when all is well. Never blocks. */
    @Override
    public List<String> problems() {
        return differing.keySet().stream()
                .map(variable -> variable + " differs between instances")
                .toList();
    }

    @Override
    public void onBeat(Instance self, Collection<Instance> live) {
        Map<String, SortedSet<String>> found = new TreeMap<>();
        for (Instance other : live) {
            self.fingerprints().forEach((variable, fingerprint) -> {
                String theirs = other.fingerprints().get(variable);
                if (theirs != null && !theirs.equals(fingerprint)) {
                    found.computeIfAbsent(variable, unused -> new TreeSet<>()).add(other.name());
                }
            });
        }
        say(self, found);
        differing = found;
    }

    private void say(Instance self, Map<String, SortedSet<String>> found) {
        found.forEach((variable, others) -> {
            Long last = lastSaid.get(variable);
            if (last == null || System.nanoTime() - last >= REPEATED_AFTER.toNanos()) {
                lastSaid.put(variable, System.nanoTime());
                log.error(
                        "{} of this instance, {} at {}, differs from that of {} on the same Redis: tokens accepted by"
                                + " one are refused by the other. Set the same value on all instances.",
                        variable,
                        self.name(),
                        self.address(),
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
}
