package dev.realtime.service.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up instances that the last beat did not tell of; concurrent callers share one lookup. A name that Redis does
 * not know is not looked up again for two seconds. Bounded: beyond 64 lookups under way a name is unknown at once.
 */
final class Lookups {

    private static final Logger log = LoggerFactory.getLogger(Lookups.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);
    private static final int MOST_UNKNOWN = 1_000;
    private static final int MOST_PENDING = 64;

    private final Function<String, Optional<Instance>> lookup;
    private final LongSupplier nanos;
    private final Map<String, CompletableFuture<Optional<Instance>>> pending = new ConcurrentHashMap<>();
    /** Names that Redis did not know, and when it said so. */
    private final Map<String, Long> unknown = new ConcurrentHashMap<>();

    /** The lookup may block and throw. */
    Lookups(Function<String, Optional<Instance>> lookup) {
        this(lookup, System::nanoTime);
    }

    /** For tests, with a clock in nanoseconds. */
    Lookups(Function<String, Optional<Instance>> lookup, LongSupplier nanos) {
        this.lookup = lookup;
        this.nanos = nanos;
    }

    CompletableFuture<Optional<Instance>> find(String name) {
        Long since = unknown.get(name);
        if (since != null && nanos.getAsLong() - since < UNKNOWN_FOR.toNanos()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var asked = pending.get(name);
        if (asked == null && pending.size() >= MOST_PENDING) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return asked != null ? asked : pending.computeIfAbsent(name, this::ask);
    }

    private CompletableFuture<Optional<Instance>> ask(String name) {
        var answer = new CompletableFuture<Optional<Instance>>()
                .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        Thread.ofVirtual().name("instance-lookup").start(() -> {
            Optional<Instance> found = Optional.empty();
            try {
                found = lookup.apply(name);
                if (found.isEmpty() && unknown.size() < MOST_UNKNOWN) {
                    unknown.put(name, nanos.getAsLong());
                }
            } catch (RuntimeException e) {
                log.debug("The address of an instance could not be read from Redis", e);
            } finally {
                pending.remove(name);
                answer.complete(found);
            }
        });
        return answer;
    }

    /** Removes expired names; called once a beat. */
    void forgetUnknown() {
        unknown.values().removeIf(since -> nanos.getAsLong() - since > UNKNOWN_FOR.toNanos());
    }
}
