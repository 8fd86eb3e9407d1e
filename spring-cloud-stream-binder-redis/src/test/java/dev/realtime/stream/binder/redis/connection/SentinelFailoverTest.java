package dev.realtime.stream.binder.redis.connection;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisSentinels;
import org.junit.jupiter.api.Test;

/** The master that three Sentinels watch fails for good; takes as long as they do. */
class SentinelFailoverTest {

    @Test
    void aKilledMastersStreamsGoOnAfterThePromotion() {
        try (RedisSentinels sentinels = RedisSentinels.start()) {
            new Failover(sentinels.master(), sentinels.replica())
                    .survives(
                            RedisProcess::kill,
                            "events",
                            "spring.data.redis.sentinel.master=" + RedisSentinels.NAME,
                            "spring.data.redis.sentinel.nodes=" + sentinels.addresses());
        }
    }
}
