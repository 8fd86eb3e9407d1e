package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * The masters of a Redis Cluster. Asks the cluster again whenever a connection fails or a node answers that a slot is
 * elsewhere, so that a promoted replica is found without Lettuce's own triggers, which depend on its reconnecting.
 */
final class ClusterNodes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterNodes.class);

    /** The pause between the first two questions of an outage; each further one is twice as long. */
    private static final Duration SHORTEST = Duration.ofMillis(250);

    /** The longest pause, since Lettuce logs each node that does not answer. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** After this time without a question, an outage is over. */
    private static final Duration OVER = Duration.ofSeconds(10);

    /** How often the cluster is asked without a cause, for changes that no command has noticed. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final RedisClusterClient cluster;
    private final RedisClient client;
    private final AtomicBoolean due = new AtomicBoolean();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Future<?> regularly;
    private volatile long askedAt = System.nanoTime() - OVER.toNanos();
    private volatile Duration pause = SHORTEST;
    private volatile @Nullable Partitions known;

    /**
     * @param cluster tells the topology; not used for anything else
     * @param options of the connections to single nodes
     */
    ClusterNodes(RedisClusterClient cluster, ClientOptions options) {
        this.cluster = cluster;
        this.client = RedisClient.create(cluster.getResources());
        this.client.setOptions(options);
        this.regularly = cluster.getResources()
                .eventExecutorGroup()
                .scheduleWithFixedDelay(this::refresh, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Connects to single nodes. */
    RedisClient client() {
        return client;
    }

    /**
     * The master that has a key's slot. Blocks only until the topology was read for the first time.
     *
     * @throws RedisConnectionFailureException if there is none, or if the cluster cannot be reached
     */
    RedisURI masterOf(String key) {
        load();
        return require(key).getUri();
    }

    /**
     * The master that has a key's slot, as far as is known. Never blocks.
     *
     * @throws RedisConnectionFailureException if none is known
     */
    RedisClusterNode require(String key) {
        Partitions nodes = known;
        int slot = SlotHash.getSlot(key);
        RedisClusterNode master = nodes == null ? null : nodes.getMasterBySlot(slot);
        if (master == null) {
            refresh();
            throw new RedisConnectionFailureException(
                    "The Redis Cluster has no master for slot " + slot + " of " + key);
        }
        return master;
    }

    /** The masters that have slots; empty until the topology was read for the first time. */
    List<RedisClusterNode> masters() {
        Partitions nodes = known;
        return nodes == null
                ? List.of()
                : nodes.stream()
                        .filter(node -> node.is(NodeFlag.UPSTREAM) && !node.hasNoSlots())
                        .toList();
    }

    /** Reads the topology unless it is known. Blocks. */
    void load() {
        if (known == null) {
            try {
                known = cluster.getPartitions();
            } catch (RuntimeException failure) {
                refresh();
                throw new RedisConnectionFailureException("The Redis Cluster cannot be reached", failure);
            }
        }
    }

    /** Reads the topology again soon, and again until it is known. Never blocks. */
    void refresh() {
        if (due.compareAndSet(false, true)) {
            long wait = askedAt + pause.toNanos() - System.nanoTime();
            try {
                cluster.getResources()
                        .eventExecutorGroup()
                        .schedule(this::ask, Math.max(0, wait), TimeUnit.NANOSECONDS);
            } catch (RuntimeException stopping) {
                log.debug("The client is stopping", stopping);
            }
        }
    }

    private void ask() {
        long now = System.nanoTime();
        Duration twice = pause.multipliedBy(2);
        pause = now - askedAt >= OVER.toNanos() ? SHORTEST : twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        askedAt = now;
        try {
            cluster.refreshPartitionsAsync().whenComplete((done, failure) -> {
                if (failure == null) {
                    known = cluster.getPartitions();
                }
                asked(failure);
            });
        } catch (RuntimeException failure) {
            asked(failure);
        }
    }

    private void asked(@Nullable Throwable failure) {
        due.set(false);
        if (failure == null) {
            listeners.forEach(Runnable::run);
        } else {
            log.debug("The Redis Cluster did not tell its nodes", failure);
            if (known == null) {
                refresh();
            }
        }
    }

    /** Calls back after each refresh, on a thread that must not be blocked: of Lettuce's own. */
    void onRefresh(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        due.set(true);
        regularly.cancel(false);
        client.shutdown(0, 0, TimeUnit.SECONDS);
    }
}
