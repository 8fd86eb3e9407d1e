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
 * The keys that tokens are verified with besides {@code JWT_SECRET}, as they are now: the locations of
 * {@code realtime.identity.keys} are read at the start, again every {@code realtime.identity.keys-refresh}, and early when
 * a token comes that no key here fits. While one cannot be read, it is tried every 10 s and its last keys stay.
 *
 * <p>Metrics: {@code realtime.identity.keys.usable}, how many keys there are, and
 * {@code realtime.identity.keys.unreadable}, how many locations could not be read the last time.
 */
@Component
public final class TokenKeys extends Beating implements HealthProblems {

    /** Tokens that no key fits are anybody's to send: they have the locations read at most this often. */
    private static final Duration EARLY_AT_MOST_EVERY = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** How long a token that no key fits waits for the early reading. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("token-keys").start(task);

    private final List<WatchedLocation> locations;
    private final Duration refresh;
    private final Duration earlyAtMostEvery;

    private volatile KeySet current = KeySet.EMPTY;

    private final Object lock = new Object();
    private CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    /** {@link System#nanoTime()}. */
    private long lastBegun = System.nanoTime();
    /** {@link System#nanoTime()}. */
    private @Nullable Long lastEarly;

    /** @throws KeysRefusedException when a location is wrong; one whose server is away is tried again while it runs */
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

    /** Whether any location is configured, so that there may be keys that are not known yet. */
    public boolean isConfigured() {
        return !locations.isEmpty();
    }

    /** The keys as they were last read. Never waits. */
    public KeySet current() {
        return current;
    }

    /**
     * The keys after an early reading, for a token that none of {@link #current()} fits: whoever signs with a new key is
     * let in at once, without waiting for the next refresh. The reading itself is on other threads; this waits for it for
     * 2 s at most, so it must not be called on an event loop. It answers at once what is known when the last early
     * reading began less than 10 s ago.
     */
    public KeySet renewed() {
        CompletableFuture<?> reading = early();
        if (reading != null) {
            await(reading, PATIENCE);
        }
        return current;
    }

    /** A sentence for what somebody has to mend; empty when all is well. Never waits. */
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
        // An early reading may find in between that there is something to try again.
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

    /** The end of the reading that is under way, or of one that begins now. */
    private CompletableFuture<?> reading() {
        synchronized (lock) {
            if (underWay.isDone()) {
                lastBegun = System.nanoTime();
                // Each for itself: one whose server is slow does not keep another's new key back.
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
            // It goes on without us.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Reading keys must not throw", e.getCause());
        }
    }
}
