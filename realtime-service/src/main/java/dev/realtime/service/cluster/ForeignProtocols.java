package dev.realtime.service.cluster;

import dev.realtime.service.health.HealthProblems;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reports instances that speak an unknown protocol version: their messages are ignored, so they do not work together
 * with this instance. Each is logged at most once a minute, and is a problem in this instance's health while it is
 * registered and for a minute after it was last heard.
 */
@Component
public final class ForeignProtocols implements BeatObserver, HealthProblems {

    private static final Logger log = LoggerFactory.getLogger(ForeignProtocols.class);

    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);
    private static final int MOST = 32;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}");

    private final LongSupplier nanos;

    /** When each speaker was last heard, in nanoseconds. */
    private final Map<Speaker, Long> heard = new ConcurrentHashMap<>();

    /** When each speaker was last logged, in nanoseconds. */
    private final Map<Speaker, Long> logged = new ConcurrentHashMap<>();

    /** The speakers registered now; each is a problem until it is gone. */
    private volatile Set<Speaker> registered = Set.of();

    private record Speaker(String instance, String version) {}

    public ForeignProtocols() {
        this(System::nanoTime);
    }

    /** For tests, with a clock in nanoseconds. */
    ForeignProtocols(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Reports something that was ignored because it carries another version than {@link Protocol#VERSION}. Never
     * blocks.
     *
     * @param what the kind of thing, for the log, such as {@code command}
     * @param instance the instance that sent it; a text that is not an instance's name is shown as {@code unknown}
     * @param version the version it carries; may be any text
     */
    public void report(String what, String instance, String version) {
        Speaker speaker = new Speaker(
                InstanceName.isName(instance) ? instance : "unknown",
                VERSION.matcher(version).matches() ? version : "unknown");
        if (note(heard, speaker)) {
            say(what, speaker);
        }
    }

    @Override
    public void onBeat(Instance self, Collection<Instance> live) {
        Set<Speaker> now = live.stream()
                .filter(Instance::isForeign)
                .map(other -> new Speaker(other.name(), String.valueOf(other.protocol())))
                .collect(Collectors.toUnmodifiableSet());
        now.forEach(speaker -> say("register entry", speaker));
        registered = now;
    }

    private void say(String what, Speaker speaker) {
        if (!isRecent(logged.get(speaker)) && note(logged, speaker)) {
            log.warn(
                    "Ignoring a {} of instance {}: it has protocol version {}, this instance has {}. Instances on one"
                            + " Redis must speak the same version.",
                    what,
                    speaker.instance,
                    speaker.version,
                    Protocol.VERSION);
        }
    }

    /** Notes the time; false when too many other speakers are known. */
    private boolean note(Map<Speaker, Long> times, Speaker speaker) {
        times.values().removeIf(time -> !isRecent(time));
        if (times.size() >= MOST && !times.containsKey(speaker)) {
            return false;
        }
        times.put(speaker, nanos.getAsLong());
        return true;
    }

    private boolean isRecent(@Nullable Long time) {
        return time != null && nanos.getAsLong() - time <= KNOWN_FOR.toNanos();
    }

    /**
     * One sentence, for at most a handful of instances, for each that is registered or was heard within a minute. Never
     * blocks.
     */
    @Override
    public List<String> problems() {
        Stream<Speaker> lately = heard.entrySet().stream()
                .filter(entry -> isRecent(entry.getValue()))
                .map(Map.Entry::getKey);
        return Stream.concat(registered.stream(), lately)
                .distinct()
                .map(other -> "protocol_version: instance " + other.instance + " speaks protocol version "
                        + other.version + ", this instance " + Protocol.VERSION)
                .sorted()
                .limit(5)
                .toList();
    }
}
