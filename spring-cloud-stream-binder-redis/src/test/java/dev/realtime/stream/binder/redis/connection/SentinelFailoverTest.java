package dev.realtime.stream.binder.redis.connection;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.Readme;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.RedisSentinels;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The master that three Sentinels watch fails for good; takes as long as they do. Either order of the tests will do. */
class SentinelFailoverTest {

    private static RedisSentinels sentinels;

    @BeforeAll
    static void start() {
        sentinels = RedisSentinels.start();
    }

    @AfterAll
    static void stop() {
        if (sentinels != null) {
            sentinels.close();
        }
    }

    @Test
    void aKilledMastersStreamsGoOnAfterThePromotion() {
        new Failover(sentinels.master(), sentinels.replica())
                .survives(RedisProcess::kill, "events", Readme.properties("Sentinel", values()));
    }

    @Test
    void theyAreFoundByVariables() {
        try (var app = TestApplication.start(
                Readme.variables("Sentinel", values()),
                List.of(),
                0,
                "spring.cloud.stream.bindings.events-in-0.destination=others",
                "spring.cloud.stream.bindings.events-out.destination=others")) {
            app.send("m");
            await().until(() -> app.payloads().contains("m"));
        }
    }

    private static Map<String, String> values() {
        return Map.of("main", RedisSentinels.NAME, "a:26379,b:26379,c:26379", sentinels.addresses());
    }
}
