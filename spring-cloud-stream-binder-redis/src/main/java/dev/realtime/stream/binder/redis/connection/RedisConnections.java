package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Opens connections with the settings of the application's own {@link LettuceConnectionFactory} (address, TLS,
 * credentials, Sentinel or Cluster, client resources), but on a client that never reconnects by itself.
 */
public final class RedisConnections implements DisposableBean {

    private final LettuceConnectionFactory factory;
    private final @Nullable ClusterNodes cluster;
    private final Duration replyTimeout;
    private final int maxReading;
    private final Semaphore reading;
    private volatile boolean silent;

    /**
     * @param origin the application's connection factory
     * @param replyTimeout the longest time an answer may take
     * @param maxReading the most connections that may read at the same time
     */
    public RedisConnections(LettuceConnectionFactory origin, Duration replyTimeout, int maxReading) {
        LettuceClientConfiguration configuration =
                new NoReconnectConfiguration(origin.getClientConfiguration(), origin.isClusterAware(), replyTimeout);
        this.factory = new LettuceConnectionFactory(configurationOf(origin), configuration);
        this.factory.setDatabase(origin.getDatabase());
        this.factory.afterPropertiesSet();
        this.factory.start();
        this.cluster = factory.getRequiredNativeClient() instanceof RedisClusterClient client
                ? new ClusterNodes(client, configuration.getClientOptions().orElseGet(ClientOptions::create))
                : null;
        this.replyTimeout = replyTimeout;
        this.maxReading = maxReading;
        this.reading = new Semaphore(maxReading);
    }

    /** How long a start waits for the first connections: not at all after Redis has been silent. */
    public Duration startTimeout() {
        return silent ? Duration.ZERO : replyTimeout.multipliedBy(2);
    }

    /** A start has waited in vain. Holds until a connection is opened. */
    public void silent() {
        silent = true;
    }

    /**
     * Opens a connection to the server that has a key. Blocks at most for the connect timeout and the handshake.
     *
     * @throws RedisConnectionFailureException if it cannot be reached
     */
    public RedisLink open(String key) {
        if (cluster == null) {
            return open();
        }
        try {
            return open(cluster.masterOf(key));
        } catch (RedisConnectionFailureException failure) {
            suspect();
            throw failure;
        }
    }

    /** Opens a connection to the only server, or to the one that Sentinel names. */
    RedisLink open() {
        return link(() -> ((RedisClient) factory.getRequiredNativeClient()).connect(ByteArrayCodec.INSTANCE));
    }

    /** Opens a connection to a node of the cluster. */
    RedisLink open(RedisURI node) {
        RedisURI.Builder uri = RedisURI.builder(node).withTimeout(replyTimeout);
        factory.getClientConfiguration().getClientName().ifPresent(uri::withClientName);
        return link(() -> Objects.requireNonNull(cluster).client().connect(ByteArrayCodec.INSTANCE, uri.build()));
    }

    private RedisLink link(Supplier<StatefulRedisConnection<byte[], byte[]>> connecting) {
        try {
            StatefulRedisConnection<byte[], byte[]> connection = connecting.get();
            silent = false;
            return new RedisLink(connection, connection.async(), replyTimeout, this::suspect);
        } catch (RuntimeException failure) {
            throw new RedisConnectionFailureException("Redis cannot be reached", failure);
        }
    }

    /** A server failed, or does not have what it was asked for: looks for the one that does. Never blocks. */
    void suspect() {
        if (cluster != null) {
            cluster.refresh();
        }
    }

    /** The nodes of the Redis Cluster; null if it is none. */
    @Nullable
    ClusterNodes cluster() {
        return cluster;
    }

    /**
     * Whether the client's threads were stopped, as on shutdown of the application: no connection can be opened any
     * more.
     */
    boolean isOver() {
        AbstractRedisClient client = factory.getNativeClient();
        return client == null || client.getResources().eventExecutorGroup().isShuttingDown();
    }

    /** The hash slot of a key, whose server may change alone; 0 if there is no Redis Cluster. */
    public int slot(String key) {
        return cluster == null ? 0 : SlotHash.getSlot(key);
    }

    /** How long an answer may take in addition to the time for which the server was asked to block. */
    public Duration replyTimeout() {
        return replyTimeout;
    }

    /** Reserves a connection for each of several readers; throws if there are not enough, and reserves none. */
    public void reserveReaders(int readers) {
        if (!reading.tryAcquire(readers)) {
            throw new IllegalStateException("Of " + maxReading + " connections for reading, " + readers
                    + " are wanted and " + reading.availablePermits() + " are free; raise "
                    + "spring.cloud.stream.redis.binder.max-read-connections or bind fewer streams");
        }
    }

    /** Returns a reserved connection. */
    public void releaseReader() {
        reading.release();
    }

    @Override
    public void destroy() {
        if (cluster != null) {
            cluster.close();
        }
        factory.destroy();
    }

    private static RedisConfiguration configurationOf(LettuceConnectionFactory origin) {
        if (new DirectFieldAccessor(origin).getPropertyValue("configuration")
                instanceof RedisConfiguration.StaticMasterReplicaConfiguration) {
            throw new IllegalStateException("A fixed list of master and replicas does not show where to write after a "
                    + "failover; use spring.data.redis.sentinel.* or spring.data.redis.cluster.*");
        }
        RedisConfiguration cluster = origin.getClusterConfiguration();
        RedisConfiguration sentinel = origin.getSentinelConfiguration();
        RedisConfiguration socket = origin.getSocketConfiguration();
        if (cluster != null) {
            return cluster;
        }
        if (sentinel != null) {
            return sentinel;
        }
        return socket != null ? socket : origin.getStandaloneConfiguration();
    }
}
