package dev.realtime.service.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * What a Redis server reports about itself with INFO.
 *
 * @param used bytes in use
 * @param maxmemory how many bytes it may use; 0 for no limit
 * @param policy what it does when it is full
 * @param replica whether it is a replica
 */
record RedisInfo(long used, long maxmemory, String policy, boolean replica) {

    /** The required policy: refuse writes when full, rather than evict blocks and audit entries. */
    static final String NO_EVICTION = "noeviction";

    /**
     * Asks Redis; waits for the answer.
     *
     * @return one result per server: a Redis Cluster has several masters
     * @throws RuntimeException if Redis refuses or is unavailable
     */
    static List<RedisInfo> of(RedisConnection connection) {
        Map<String, Map<String, String>> servers = new HashMap<>();
        add(connection.serverCommands().info("memory"), servers);
        add(connection.serverCommands().info("replication"), servers);
        List<RedisInfo> all = new ArrayList<>();
        for (Map<String, String> server : servers.values()) {
            all.add(new RedisInfo(
                    number(server.get("used_memory")),
                    number(server.get("maxmemory")),
                    server.getOrDefault("maxmemory_policy", NO_EVICTION),
                    "slave".equals(server.get("role"))));
        }
        return all;
    }

    /** In a Redis Cluster, each name is prefixed with its server and a dot. */
    private static void add(@Nullable Properties info, Map<String, Map<String, String>> servers) {
        if (info == null) {
            return;
        }
        for (String name : info.stringPropertyNames()) {
            int dot = name.lastIndexOf('.');
            servers.computeIfAbsent(dot < 0 ? "" : name.substring(0, dot), server -> new HashMap<>())
                    .put(name.substring(dot + 1), info.getProperty(name).strip());
        }
    }

    private static long number(@Nullable String digits) {
        try {
            return digits == null ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The share of its memory that is used; NaN without a limit. */
    double ratio() {
        return maxmemory == 0 ? Double.NaN : (double) used / maxmemory;
    }

    /** Whether it evicts keys when it is full. */
    boolean evicts() {
        return !policy.equals(NO_EVICTION);
    }
}
