package dev.realtime.stream.binder.redis.support;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A Redis Cluster of three masters with a replica each, which notices a dead master within a second or two. */
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private RedisCluster() {
        for (int i = 0; i < 2 * MASTERS; i++) {
            nodes.add(RedisProcess.with(
                    RedisProcess.clusterSettings(),
                    "--cluster-node-timeout",
                    "1000",
                    "--cluster-replica-validity-factor",
                    "0",
                    "--repl-diskless-sync-delay",
                    "0"));
        }
    }

    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        List<RedisProcess> nodes = cluster.nodes;
        RedisProcess any = nodes.get(0);
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
            nodes.get(i).command("CLUSTER", "MEET", "127.0.0.1", "" + any.port(), "" + any.busPort());
            if (i < MASTERS) {
                nodes.get(i).addSlots(16384 * i / MASTERS, 16384 * (i + 1) / MASTERS - 1);
            }
        }
        await().until(() -> nodes.stream()
                .allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_known_nodes:" + nodes.size())));
        for (int i = 0; i < MASTERS; i++) {
            RedisProcess replica = nodes.get(MASTERS + i);
            String master = id(nodes.get(i));
            await().until(() -> replica.command("CLUSTER", "REPLICATE", master).startsWith("+OK"));
        }
        await().until(() ->
                nodes.stream().allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_state:ok")));
        await().until(() -> nodes.subList(MASTERS, nodes.size()).stream()
                .allMatch(node -> node.command("INFO", "replication").contains("master_link_status:up")));
        // Whoever asks any node must learn of every replica.
        await().until(() ->
                nodes.stream().allMatch(node -> count(node.command("CLUSTER", "NODES"), "slave ") == MASTERS));
        return cluster;
    }

    private static String id(RedisProcess node) {
        return node.command("CLUSTER", "MYID").split("\r\n")[1];
    }

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
    }

    /** The nodes, as properties name them. */
    public String addresses() {
        return String.join(
                ",", nodes.stream().map(node -> "127.0.0.1:" + node.port()).toList());
    }

    /** The master that has a stream at first. */
    public RedisProcess masterOf(String stream) {
        return nodes.get(index(stream));
    }

    /** That master's replica. */
    public RedisProcess replicaOf(String stream) {
        return nodes.get(MASTERS + index(stream));
    }

    /** A destination whose stream a master has that has none of these. */
    public String elsewhere(String... streams) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "elsewhere-" + i)
                .filter(other -> Arrays.stream(streams).noneMatch(stream -> index(other) == index(stream)))
                .findFirst()
                .orElseThrow();
    }

    private static int index(String stream) {
        int slot = SlotHash.getSlot(stream);
        return IntStream.range(0, MASTERS)
                .filter(i -> slot < 16384 * (i + 1) / MASTERS)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
