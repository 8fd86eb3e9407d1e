package dev.realtime.stream.binder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/** Destinations that are known only when something is sent to them, more of them than StreamBridge remembers. */
class DynamicDestinationTest {

    private static final int MORE_THAN_REMEMBERED = 25;

    /** spring-cloud/spring-cloud-stream#3266: a StreamBridge that forgot a configured binding sent to a stream of its name. */
    @Test
    void eachGetsItsOwnStreamAndConfiguredBindingsKeepTheirs() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            for (int round = 0; round < 2; round++) {
                assertThat(app.send("configured").stream()).isEqualTo("events");
                for (int i = 0; i < MORE_THAN_REMEMBERED; i++) {
                    byte[] payload = ("round " + round).getBytes();
                    assertThat(app.send("dynamic-" + i, payload, Map.of()).stream())
                            .isEqualTo("dynamic-" + i);
                }
            }
            assertThat(app.send("last").stream()).isEqualTo("events");
            assertThat(redis.payloads("dynamic-7")).containsExactly("round 0", "round 1");
            assertThat(redis.command("EXISTS", "events-out")).startsWith(":0");
            assertThat(app.bean(BindingServiceProperties.class).getBindings())
                    .as("properties of forgotten dynamic destinations")
                    .hasSizeLessThan(MORE_THAN_REMEMBERED);
        }
    }
}
