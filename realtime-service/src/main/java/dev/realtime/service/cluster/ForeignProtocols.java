package dev.realtime.service.cluster;

import dev.realtime.service.health.HealthProblems;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells of instances that speak a protocol version which this one does not know: what they say is ignored, so they do not
 * work with this one. Each is logged at most once a minute, and is a problem of this instance's health until a minute
 * after it was last heard.
 */
@Component
public final class ForeignProtocols implements BeatObserver, HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(ForeignProtocols.class);

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final int MOST = 32;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private final Map<Heard, Times> heard = new ConcurrentHashMap<>();

    private record Heard(String instance, String version) {}

    /** When it was last heard and last logged, {@link System#nanoTime()}. */
    private record Times(long heard, long logged) {}

    /**
     * Something carries another version than {@link Protocol#VERSION}, and is ignored. Never waits.
     *
     * @param what what it is, for the log, such as {@code command}
     * @param instance who says it; what is not an instance's name is shown as {@code unknown}
     * @param version the version it carries; anything may stand there
     */
    public void report(String what, String instance, String version) {
        Heard key = new Heard(
                InstanceName.isName(instance) ? instance : "unknown",
                VERSION.matcher(version).matches() ? version : "unknown");
        long now = System.nanoTime();
        heard.values().removeIf(times -> now - times.heard > KNOWN_FOR.toNanos());
        if (heard.size() >= MOST && !heard.containsKey(key)) {
            return;
        }
        heard.compute(key, (unused, before) -> {
            if (before != null && now - before.logged < KNOWN_FOR.toNanos()) {
                return new Times(now, before.logged);
            }
            log.warn(
                    "Ignoring a {} of instance {}: it has protocol version {}, this instance has {}. Instances on one"
                            + " Redis must speak the same version.",
                    what,
                    key.instance,
                    key.version,
                    Protocol.VERSION);
            return new Times(now, now);
        });
    }

    @Override
    public void onBeat(Instance self, Collection<Instance> live) {
        live.stream()
                .filter(Instance::isForeign)
                .forEach(other -> report("register entry", other.name(), String.valueOf(other.protocol())));
    }

    /** A sentence for each instance that was heard within a minute, a handful at most. Never waits. */
    @Override
    public List<String> problems() {
        long now = System.nanoTime();
        return heard.entrySet().stream()
                .filter(entry -> now - entry.getValue().heard <= KNOWN_FOR.toNanos())
                .map(entry -> "protocol_version: instance " + entry.getKey().instance + " speaks protocol version "
                        + entry.getKey().version + ", this instance " + Protocol.VERSION)
                .sorted()
                .limit(5)
                .toList();
    }
}
