package dev.realtime.stream.binder.redis.connection;

import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.Readme;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The README's settings for Redis, as properties and as variables. TLS and Sentinels have tests of their own. */
class SettingsTest {

    @Test
    void aCluster() {
        try (var redis = RedisProcess.with(RedisProcess.clusterSettings())) {
            redis.addSlots(0, 16383);
            await().until(() -> redis.command("CLUSTER", "INFO").contains("cluster_state:ok"));
            bothWays("Cluster", Map.of("a:6379,b:6379,c:6379", "127.0.0.1:" + redis.port()), 0);
        }
    }

    @Test
    void aUser() {
        try (var redis = RedisProcess.volatileServer()) {
            redis.command("ACL", "SETUSER", "app", "on", ">secret", "~*", "&*", "+@all");
            redis.command("ACL", "SETUSER", "default", "off");
            bothWays("user and password", Map.of("…", "secret"), redis.port());
        }
    }

    private static void bothWays(String kind, Map<String, String> values, int port) {
        try (var app = TestApplication.start(port, Readme.properties(kind, values))) {
            app.send("by properties");
            await().until(() -> app.payloads().equals(List.of("by properties")));
        }
        try (var app = TestApplication.start(Readme.variables(kind, values), List.of(), port)) {
            app.send("by variables");
            await().until(() -> app.payloads().equals(List.of("by variables")));
        }
    }
}
