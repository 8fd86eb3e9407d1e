package dev.realtime.service.identity.keys;

import dev.realtime.service.health.HealthProblems;
import dev.realtime.service.heartbeat.Beating;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The current public keys for tokens. The locations of {@code realtime.identity.keys} are read at the start, again
 * every {@code realtime.identity.keys-refresh}, and early when no known key fits a token. While a location cannot be
 * read, it is tried every 10 s and its last keys stay.
 *
 * <p>Metrics: {@code realtime.identity.keys.usable}, the number of keys, and {@code realtime.identity.keys.unreadable},
 * the number of locations that could not be read the last time.
 */
@Component
public final class TokenKeys extends Beating implements HealthProblems {

    /** Anybody can send a token that no key fits, so such tokens cause a read at most this often. */
    private static final Duration EARLY_AT_MOST_EVERY = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** How long a token that no key fits waits for the early read. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("token-keys").start(task);

    private final List<WatchedLocation> locations;
    private final Duration refresh;
    private final Duration earlyAtMostEvery;

    private volatile KeySet current = KeySet.EMPTY;

    private final Object lock = new Object();
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    /** When the last read began, by {@link System#nanoTime()}. */
    private long lastBegun = System.nanoTime();
    /** When the last early read began, by {@link System#nanoTime()}; null before the first. */
    private @Nullable Long lastEarly;

    /** @throws KeysRefusedException when a location is wrong; a location whose server is unavailable is tried again later */
    @Autowired
    TokenKeys(KeyProperties properties, MeterRegistry metrics) {
        this(properties, metrics, EARLY_AT_MOST_EVERY);
    }

    TokenKeys(KeyProperties properties, MeterRegistry metrics, Duration earlyAtMostEvery) {
        super("token-keys-refresh");
        this.locations =
                properties.locations().stream().map(WatchedLocation::new).toList();
        this.refresh = properties.keysRefresh();
        this.earlyAtMostEvery = earlyAtMostEvery;
        List<String> problems = onEach(WatchedLocation::readFirst).stream()
                .map(CompletableFuture::join)
                .filter(Objects::nonNull)
                .map(problem -> KeyProperties.KEYS + " " + problem)
                .toList();
        if (!problems.isEmpty()) {
            throw new KeysRefusedException(String.join("\n", problems));
        }
        combine();
        Gauge.builder(
                        "realtime.identity.keys.usable",
                        this,
                        keys -> keys.current.keys().size())
                .register(metrics);
        Gauge.builder("realtime.identity.keys.unreadable", this, TokenKeys::unreadable)
                .register(metrics);
    }

    /** Whether any location is configured, so that there may be keys not known yet. */
    public boolean isConfigured() {
        return !locations.isEmpty();
    }

    /** The keys as last read. Never blocks. */
    public KeySet current() {
        return current;
    }

    /**
     * Returns the keys after an early read, for a token that none of {@link #current()} fits, so that tokens with a new
     * key are accepted without waiting for the next refresh. Other threads read; the caller waits for at most 2 s, so
     * this must not be called on an event loop. Returns the known keys at once when the last early read began less than
     * 10 s ago.
     */
    public KeySet renewed() {
        CompletableFuture<?> reading = early();
        if (reading != null) {
            await(reading, PATIENCE);
        }
        return current;
    }

    /** A sentence for what needs to be fixed; empty when all is well. Never blocks. */
    @Override
    public List<String> problems() {
        long unreadable = unreadable();
        return unreadable == 0
                ? List.of()
                : List.of(KeyProperties.KEYS + ": " + unreadable + " of " + locations.size()
                        + " locations cannot be read");
    }

    @Override
    public void start() {
        if (isConfigured()) {
            super.start();
        }
    }

    @Override
    protected Duration beat() {
        if (left().isNegative() || left().isZero()) {
            await(reading(), KeyUrl.PATIENCE.multipliedBy(2));
        }
        // An early read in between may find a location that must be tried again.
        return left().compareTo(RETRY) > 0 ? RETRY : left();
    }

    private Duration left() {
        return due().minusNanos(System.nanoTime() - lastBegun());
    }

    private Duration due() {
        return unreadable() > 0 && refresh.compareTo(RETRY) > 0 ? RETRY : refresh;
    }

    private long lastBegun() {
        synchronized (lock) {
            return lastBegun;
        }
    }

    private @Nullable CompletableFuture<?> early() {
        synchronized (lock) {
            if (!underWay.isDone()) {
                return underWay;
            }
            long now = System.nanoTime();
            if (locations.isEmpty() || lastEarly != null && now - lastEarly < earlyAtMostEvery.toNanos()) {
                return null;
            }
            lastEarly = now;
            return reading();
        }
    }

    /** Completes with the read under way, or with one that starts now. */
    private CompletableFuture<?> reading() {
        synchronized (lock) {
            if (underWay.isDone()) {
                lastBegun = System.nanoTime();
                // Independent of each other, so that a slow server does not delay the new key of another location.
                underWay = CompletableFuture.allOf(onEach(location -> {
                            location.read();
                            combine();
                            return location;
                        })
                        .toArray(CompletableFuture[]::new));
            }
            return underWay;
        }
    }

    private <T extends @Nullable Object> List<CompletableFuture<T>> onEach(Function<WatchedLocation, T> task) {
        return locations.stream()
                .map(location -> CompletableFuture.supplyAsync(() -> task.apply(location), THREADS))
                .toList();
    }

    private void combine() {
        synchronized (lock) {
            current = new KeySet(locations.stream()
                    .flatMap(location -> location.keys().stream())
                    .toList());
        }
    }

    private long unreadable() {
        return locations.stream().filter(location -> !location.isReadable()).count();
    }

    private static void await(CompletableFuture<?> reading, Duration patience) {
        try {
            reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The read continues.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Reading keys must not throw", e.getCause());
        }
    }
}
