package dev.realtime.stream.binder.redis.connection;

import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Connections shared by many callers for short commands: one, or in a Redis Cluster one for each master. Each is
 * replaced as soon as it is lost, without harm to the others. Without a connection, calls fail at once. Must not carry
 * commands that block in the server.
 */
public final class SharedLink {

    private static final Logger log = LoggerFactory.getLogger(SharedLink.class);

    /** The key of the only server. */
    private static final String ONLY = "redis";

    private final RedisConnections connections;
    private final @Nullable ClusterNodes cluster;
    private final Duration recoveryInterval;
    private final String purpose;
    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final Runnable following = () -> Threads.start("redis-nodes", this::follow);
    private volatile boolean running;

    private record Server(String address, KeptLink link) {}

    /**
     * @param connections opens connections
     * @param recoveryInterval the longest pause between two attempts
     * @param purpose part of the threads' names and of log lines
     */
    public SharedLink(RedisConnections connections, Duration recoveryInterval, String purpose) {
        this.connections = connections;
        this.cluster = connections.cluster();
        this.recoveryInterval = recoveryInterval;
        this.purpose = purpose;
    }

    /** Connects and stays connected; if a first attempt fails, further ones follow in the background. */
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        if (cluster == null) {
            KeptLink link = new KeptLink(connections, connections::open, recoveryInterval, purpose);
            servers.put(ONLY, new Server(ONLY, link));
            link.start();
            return;
        }
        cluster.onRefresh(following);
        try {
            cluster.load();
        } catch (RedisConnectionFailureException failure) {
            log.warn("Connecting to Redis for {} fails: {}", purpose, Failures.summary(failure));
        }
        CompletableFuture.allOf(connectToMasters().toArray(CompletableFuture[]::new))
                .join();
    }

    /** Closes the connections and stops reconnecting. */
    public synchronized void stop() {
        running = false;
        if (cluster != null) {
            cluster.removeListener(following);
        }
        servers.values().forEach(server -> server.link().stop());
        servers.clear();
    }

    private synchronized void follow() {
        if (running) {
            connectToMasters();
        }
    }

    /** Connects to new masters, and leaves those that are masters no more. Does not block. */
    private List<CompletableFuture<?>> connectToMasters() {
        Map<String, RedisClusterNode> masters = new TreeMap<>();
        if (cluster != null) {
            cluster.masters().forEach(master -> masters.put(master.getNodeId(), master));
        }
        servers.forEach((id, server) -> {
            RedisClusterNode master = masters.get(id);
            if (master == null || !server.address().equals(address(master))) {
                log.debug("Leaving {} for {}", server.address(), purpose);
                servers.remove(id);
                server.link().stop();
            }
        });
        List<CompletableFuture<?>> connecting = new ArrayList<>();
        masters.forEach((id, master) -> {
            if (!servers.containsKey(id)) {
                KeptLink link = new KeptLink(
                        connections,
                        () -> connections.open(master.getUri()),
                        recoveryInterval,
                        purpose + " at " + address(master));
                servers.put(id, new Server(address(master), link));
                CompletableFuture<?> connected = new CompletableFuture<>();
                connecting.add(connected);
                Threads.start("redis-connect", () -> {
                    link.start();
                    connected.complete(null);
                });
            }
        });
        return connecting;
    }

    private static String address(RedisClusterNode node) {
        return node.getUri().getHost() + ":" + node.getUri().getPort();
    }

    /**
     * The current connection to the server that has a key.
     *
     * @throws RedisConnectionFailureException at once if there is none: nothing was written
     */
    public RedisLink require(String key) {
        Server server =
                servers.get(cluster == null ? ONLY : cluster.require(key).getNodeId());
        if (server == null) {
            throw new RedisConnectionFailureException("There is no connection to Redis at the moment");
        }
        return server.link().require();
    }

    /**
     * Discards a connection, for example because it no longer answers or leads to a replica. Does not block. The
     * connection remains if it was only asked for a key that another node of the cluster has.
     *
     * @param why the cause that callers receive until there is a new connection
     */
    public void discard(RedisLink link, @Nullable Throwable why) {
        if (Failures.isElsewhere(why)) {
            connections.suspect();
            return;
        }
        for (Server server : servers.values()) {
            if (server.link().has(link)) {
                server.link().discard(link, why);
                return;
            }
        }
        link.close();
    }

    /** Discards each connection whose server does not answer a PING within the reply timeout. Does not block. */
    public void suspect() {
        servers.values().forEach(server -> server.link().suspect());
    }

    /** The servers that do not answer a PING; blocks up to the reply timeout. */
    public List<String> silent() {
        Map<String, CompletableFuture<Boolean>> asked = new TreeMap<>();
        servers.values()
                .forEach(server -> asked.put(server.address(), server.link().answers()));
        List<String> silent = new ArrayList<>();
        asked.forEach((address, answers) -> {
            if (!answers.join()) {
                silent.add(address);
            }
        });
        if (asked.isEmpty()) {
            silent.add(ONLY);
        }
        return silent;
    }
}
