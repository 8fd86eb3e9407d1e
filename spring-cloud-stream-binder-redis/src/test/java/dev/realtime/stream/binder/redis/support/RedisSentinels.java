package dev.realtime.stream.binder.redis.support;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;

/** A master and its replica, and three Sentinels that notice a dead master after a second. */
public final class RedisSentinels implements AutoCloseable {

    /** What the Sentinels call the master. */
    public static final String NAME = "main";

    private static final int SENTINELS = 3;

    private final RedisProcess master = RedisProcess.volatileServer();
    private final RedisProcess replica = RedisProcess.with(
            "--save", "", "--repl-diskless-sync-delay", "0", "--replicaof", "127.0.0.1", "" + master.port());
    private final List<RedisProcess> sentinels = new ArrayList<>();

    private RedisSentinels() {
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(RedisProcess.sentinel(
                    "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
                    "sentinel down-after-milliseconds " + NAME + " 1000",
                    "sentinel failover-timeout " + NAME + " 3000"));
        }
    }

    public static RedisSentinels start() {
        RedisSentinels all = new RedisSentinels();
        await().until(() -> all.replica.command("INFO", "replication").contains("master_link_status:up"));
        await().until(() -> all.sentinels.stream()
                .map(sentinel -> sentinel.command("INFO", "sentinel"))
                .allMatch(told -> told.contains("slaves=1,sentinels=" + SENTINELS)));
        return all;
    }

    /** The Sentinels, as properties name them. */
    public String addresses() {
        return String.join(
                ",",
                sentinels.stream()
                        .map(sentinel -> "127.0.0.1:" + sentinel.port())
                        .toList());
    }

    /** The master at first. */
    public RedisProcess master() {
        return master;
    }

    public RedisProcess replica() {
        return replica;
    }

    @Override
    public void close() {
        sentinels.forEach(RedisProcess::close);
        replica.close();
        master.close();
    }
}
