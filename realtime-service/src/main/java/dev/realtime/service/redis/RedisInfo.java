package dev.realtime.service.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;

/**
 * What a server says of itself by INFO.
 *
 * @param used bytes in use
 * @param maxmemory how many it may use; 0 for no limit
 * @param policy what it does when it is full
 * @param replica whether it is one
 */
record RedisInfo(long used, long maxmemory, String policy, boolean replica) {

    /** What it must do when it is full: refuse, rather than forget blocks and audit. */
    static final String NO_EVICTION = "noeviction";

    /**
     * Asks; waits for Redis.
     *
     * @return one for each server: a Cluster has several masters
     * @throws RuntimeException Redis refuses, or is away
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

    /** Of a Cluster each name is behind its server's and a dot. */
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

    /** How much of its memory is used; NaN without a limit. */
    double ratio() {
        return maxmemory == 0 ? Double.NaN : (double) used / maxmemory;
    }

    /** Whether it forgets keys of its own accord once it is full. */
    boolean evicts() {
        return !policy.equals(NO_EVICTION);
    }
}
