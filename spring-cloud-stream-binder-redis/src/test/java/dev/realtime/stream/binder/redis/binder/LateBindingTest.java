package dev.realtime.stream.binder.redis.binder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.GroupedConsumer;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Everything is bound while Redis is down, and works once it is up, without another start. */
class LateBindingTest {

    private static final String GROUPED = "spring.cloud.stream.bindings.grouped-in-0.";

    @Test
    void partitionsRequiredGroupsAndDeadLettersWaitForRedis() {
        try (var redis = RedisProcess.notStarted();
                var app = TestApplication.start(
                        List.of(GroupedConsumer.class),
                        redis.port(),
                        "spring.cloud.function.definition=events;grouped",
                        "spring.cloud.stream.bindings.events-in-0.group=g",
                        "spring.cloud.stream.bindings.events-in-0.consumer.max-attempts=1",
                        "spring.cloud.stream.redis.bindings.events-in-0.consumer.enable-dlq=true",
                        GROUPED + "destination=parts",
                        GROUPED + "group=p",
                        GROUPED + "consumer.partitioned=true",
                        GROUPED + "consumer.instance-count=2",
                        GROUPED + "consumer.instance-index-list=0,1",
                        "spring.cloud.stream.output-bindings=parts",
                        "spring.cloud.stream.bindings.parts-out-0.destination=parts",
                        "spring.cloud.stream.bindings.parts-out-0.producer.partition-count=3",
                        "spring.cloud.stream.bindings.parts-out-0.producer.partition-key-expression=headers['key']",
                        "spring.cloud.stream.bindings.parts-out-0.producer.required-groups=later")) {
            app.inbox().hook = message -> {
                throw new IllegalStateException("on purpose");
            };
            redis.start();
            await().ignoreExceptions().until(() -> app.send("bad").id() != null);
            await().until(() -> redis.payloads("events.g.dlq").equals(List.of("bad")));

            for (int key = 0; key < 3; key++) {
                assertThat(app.send("parts-out-0", ("m" + key).getBytes(), Map.of("key", key)).stream())
                        .isEqualTo("parts-" + key);
            }
            List<String> received = app.bean(GroupedConsumer.Seen.class).payloads;
            await().until(() -> received.size() == 2);
            assertThat(received).containsExactlyInAnyOrder("m0", "m1");
            // The group that nobody reads yet has everything still to read, in each partition.
            for (int partition = 0; partition < 3; partition++) {
                assertThat(redis.command("XREADGROUP", "GROUP", "later", "c", "STREAMS", "parts-" + partition, ">"))
                        .contains("m" + partition);
            }
        }
    }
}
