package dev.realtime.service.blocks;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.identity.Blocks;
import io.micrometer.core.instrument.Counter;
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
 * The blocked users, as this instance knows them. It checks for changes once a second, and when told to. Blocks end by
 * Redis' clock. While Redis is unavailable the last known list stays in force, and entries that Redis has lost are restored
 * from memory.
 *
 * <p>Metrics: {@code realtime.blocks}, the number of blocked users, and {@code realtime.blocks.restored}, the number of
 * entries that this instance has restored.
 */
@Component
public final class BlockList extends Beating implements Blocks {

    /** How many users can be blocked at the same time. */
    public static final int MOST = 10_000;

    private static final Logger log = LoggerFactory.getLogger(BlockList.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final BlockRegister register;
    private final ApplicationEventPublisher events;
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    private final ClusterClock clock;
    private final Counter restored;

    private volatile Map<String, Instant> ends = Map.of();
    /** The list as last read, plus what Redis has lost of it since; guarded by this. */
    private Map<String, BlockEntry> entries = Map.of();
    /** The version of the list; null until the list was read; guarded by this. */
    private @Nullable String state;

    BlockList(BlockRegister register, ApplicationEventPublisher events, ClusterClock clock, MeterRegistry metrics) {
        super("blocks");
        this.register = register;
        this.events = events;
        this.clock = clock;
        this.restored = Counter.builder("realtime.blocks.restored")
                .description("Block list entries that Redis lost and this instance restored")
                .register(metrics);
        Gauge.builder("realtime.blocks", this, list -> list.blocks().size()).register(metrics);
    }

    @Override
    public Optional<Instant> blockedUntil(String userKey) {
        return Optional.ofNullable(ends.get(userKey)).filter(this::isAhead);
    }

    /** The users blocked now, in no particular order. */
    public List<Block> blocks() {
        return ends.entrySet().stream()
                .filter(entry -> isAhead(entry.getValue()))
                .map(entry -> new Block(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Completes when the list has been read once; until then nobody can be let in. */
    public CompletionStage<?> known() {
        return known;
    }

    /**
     * Blocks a user, or changes the end of a block. The block takes effect on an instance when that instance next
     * checks the list: within a second, or at its {@link #refresh()}.
     *
     * @return the block; empty when {@value #MOST} other users are blocked
     * @throws DataAccessException when Redis did not take the entry
     */
    public Optional<Block> enter(String userKey, Duration duration) {
        return register.put(userKey, duration, MOST);
    }

    /**
     * Removes a block. As with {@link #enter}, it takes effect when an instance next checks the list.
     *
     * @return false when the user was not blocked
     * @throws DataAccessException when Redis did not take the change
     */
    public boolean remove(String userKey) {
        // Restores first what Redis has lost; otherwise the removed block would be restored afterwards.
        refresh();
        return register.remove(userKey);
    }

    /**
     * Reads the list if it has changed. Waits for Redis.
     *
     * @throws DataAccessException when Redis does not answer
     */
    public synchronized void refresh() {
        // The version is read first: a change during the read causes another read, so none is missed.
        String newest = register.state();
        if (newest.equals(state)) {
            return;
        }
        Map<String, BlockEntry> read = register.all();
        List<BlockEntry> lost = lost(read);
        // In force before Redis is asked to take them: a blocked user is not let in because Redis refuses.
        lost.forEach(entry -> read.put(entry.userKey(), entry));
        take(read);
        if (!lost.isEmpty()) {
            putBack(lost);
            newest = register.state();
        }
        state = newest;
        known.complete(null);
    }

    /** Entries in memory that have not run out and are missing in Redis, or are older there. */
    private List<BlockEntry> lost(Map<String, BlockEntry> read) {
        long now = clock.millis();
        return entries.values().stream()
                .filter(entry -> entry.kept() > now && entry.isNewerThan(read.get(entry.userKey())))
                .toList();
    }

    private void putBack(List<BlockEntry> lost) {
        long count = register.restore(lost, MOST);
        if (count > 0) {
            restored.increment(count);
            log.warn("Redis lost {} entries of the block list; they were restored from memory", count);
        }
    }

    private void take(Map<String, BlockEntry> read) {
        Map<String, Instant> newEnds = new HashMap<>();
        read.values().stream()
                .filter(entry -> entry.ends() > 0)
                .forEach(entry -> newEnds.put(entry.userKey(), Instant.ofEpochMilli(entry.ends())));
        Set<String> fresh = new HashSet<>(newEnds.keySet());
        fresh.removeIf(userKey -> blockedUntil(userKey).isPresent() || !isAhead(newEnds.get(userKey)));
        ends = Map.copyOf(newEnds);
        entries = Map.copyOf(read);
        if (!fresh.isEmpty()) {
            events.publishEvent(new BlocksChanged(Set.copyOf(fresh)));
        }
    }

    private boolean isAhead(@Nullable Instant end) {
        return end != null && clock.millis() < end.toEpochMilli();
    }

    /** An early phase, since the port does not open before the list is known. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    protected Duration beat() {
        try {
            refresh();
        } catch (RuntimeException e) {
            log.debug("The block list could not be read", e);
        }
        return INTERVAL;
    }
}
