package dev.realtime.stream.binder.redis.connection;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three Sentinels watch a master and its replica; takes as long as they do. */
class SentinelFailoverTest {

    private static final String DOWN_AFTER_MILLIS = "1000";

    private final RedisProcess master = RedisProcess.volatileServer();
    private final RedisProcess replica = RedisProcess.with(
            "--save", "", "--repl-diskless-sync-delay", "0", "--replicaof", "127.0.0.1", "" + master.port());
    private final List<RedisProcess> sentinels = new ArrayList<>();

    @AfterEach
    void stop() {
        sentinels.forEach(RedisProcess::close);
        replica.close();
        master.close();
    }

    @Test
    void aKilledMastersStreamsGoOnAfterThePromotion() {
        for (int i = 0; i < 3; i++) {
            sentinels.add(RedisProcess.sentinel(
                    "sentinel monitor main 127.0.0.1 " + master.port() + " 2",
                    "sentinel down-after-milliseconds main " + DOWN_AFTER_MILLIS,
                    "sentinel failover-timeout main 3000"));
        }
        await().until(() -> sentinels.stream()
                .map(sentinel -> sentinel.command("INFO", "sentinel"))
                .allMatch(told -> told.contains("slaves=1,sentinels=3")));
        new Failover(master, replica)
                .survives(
                        RedisProcess::kill,
                        "events",
                        "spring.data.redis.sentinel.master=main",
                        "spring.data.redis.sentinel.nodes="
                                + String.join(
                                        ",",
                                        sentinels.stream()
                                                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                                                .toList()));
    }
}
