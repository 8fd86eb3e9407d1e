package dev.realtime.service.blocks;

import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.identity.Blocks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Who is blocked, as this instance knows it: it looks once a second whether the list has changed, and when it is told
 * to. While Redis is away what was known last goes on.
 *
 * <p>Metric: {@code realtime.blocks}, how many users are blocked.
 */
@Component
public final class BlockList extends Beating implements Blocks {

    /** How many users can be blocked at a time. */
    public static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(BlockList.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final BlockRegister register;
    private final ApplicationEventPublisher events;
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    private volatile Map<String, Instant> ends = Map.of();
    /** Null before the list was read; guarded by this. */
    private @Nullable String version;

    BlockList(BlockRegister register, ApplicationEventPublisher events, MeterRegistry metrics) {
        super("blocks");
        this.register = register;
        this.events = events;
        Gauge.builder("realtime.blocks", this, list -> list.blocks().size()).register(metrics);
    }

    @Override
    public Optional<Instant> blockedUntil(String userKey) {
        return Optional.ofNullable(ends.get(userKey)).filter(BlockList::isAhead);
    }

    /** Who is blocked now, in no order. */
    public List<Block> blocks() {
        return ends.entrySet().stream()
                .filter(entry -> isAhead(entry.getValue()))
                .map(entry -> new Block(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Completes when the list has been read once: before that nobody can be let in. */
    public CompletionStage<?> known() {
        return known;
    }

    /**
     * Enters a user into the list, or changes the end. It works on an instance once it has looked: within a second, or when
     * it is told to {@link #refresh()}.
     *
     * @return the block; empty when {@value #MOST} others are blocked
     * @throws DataAccessException when Redis did not take it
     */
    public Optional<Block> enter(String userKey, Duration duration) {
        return register.put(userKey, duration, MOST);
    }

    /**
     * Takes a user out of the list; false when there was none. As for {@link #enter}, instances have to look.
     *
     * @throws DataAccessException when Redis did not take it
     */
    public boolean remove(String userKey) {
        return register.remove(userKey);
    }

    /**
     * Reads the list, if it has changed. May block.
     *
     * @throws DataAccessException when Redis does not answer
     */
    public synchronized void refresh() {
        // Asked first: a change while the list is read makes it be read once more, and none is missed.
        String newest = register.version();
        if (newest.equals(version)) {
            return;
        }
        Map<String, Instant> read = new HashMap<>();
        register.all().forEach(block -> read.put(block.userKey(), block.until()));
        Set<String> fresh = new HashSet<>(read.keySet());
        fresh.removeIf(userKey -> blockedUntil(userKey).isPresent() || !isAhead(read.get(userKey)));
        ends = Map.copyOf(read);
        version = newest;
        known.complete(null);
        if (!fresh.isEmpty()) {
            events.publishEvent(new BlocksChanged(Set.copyOf(fresh)));
        }
    }

    private static boolean isAhead(@Nullable Instant end) {
        return end != null && Instant.now().isBefore(end);
    }

    /** Early: the port waits for it. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    protected Duration beat() {
        try {
            refresh();
        } catch (RuntimeException e) {
            log.debug("The list of blocked users was not read", e);
        }
        return INTERVAL;
    }
}
