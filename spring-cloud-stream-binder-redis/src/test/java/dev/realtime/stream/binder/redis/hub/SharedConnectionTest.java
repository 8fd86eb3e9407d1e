package dev.realtime.stream.binder.redis.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.cloud.stream.binder.Binding;
import org.springframework.messaging.MessageChannel;

/** Which streams share a connection, and that they miss nothing. */
class SharedConnectionTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void fiftyStreamsShareOneConnectionAndMissNothingWhileItIsCut() {
        try (var proxy = new CuttingProxy(redis.port());
                var streams = new BoundStreams(redis.port(), proxy.port(), properties -> {}).bind(50)) {
            streams.share(1);
            for (int i = 0; i < 100; i++) {
                for (String stream : BoundStreams.names(50)) {
                    streams.add(stream, "m" + i);
                }
                if (i % 10 == 9) {
                    proxy.cut();
                }
            }
            List<String> sent = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
            await().atMost(BoundStreams.PATIENCE)
                    .untilAsserted(() -> assertThat(BoundStreams.names(50))
                            .allSatisfy(
                                    stream -> assertThat(streams.told(stream)).isEqualTo(sent)));
            streams.share(1);
            await().atMost(BoundStreams.PATIENCE)
                    .until(() -> streams.subscriptions().stream()
                            .allMatch(it -> it.isConnected() && it.isAlive() && it.failure() == null));
            BoundStreams.names(50).forEach(stream -> streams.add(stream, "last"));
            await().atMost(BoundStreams.PATIENCE)
                    .until(() -> BoundStreams.names(50).stream()
                            .allMatch(it -> streams.told(it).size() == 101));
        }
    }

    @Test
    void aConnectionHasNoMoreStreamsThanItMay() {
        try (var streams = new BoundStreams(
                        redis.port(), redis.port(), properties -> properties.setMaxStreamsPerConnection(4))
                .bind(10)) {
            streams.share(3);
        }
        try (var streams = new BoundStreams(
                        redis.port(), redis.port(), properties -> properties.setMaxStreamsPerConnection(1))
                .bind(3)) {
            BoundStreams.names(3).forEach(stream -> streams.add(stream, "a"));
            await().until(() -> BoundStreams.names(3).stream()
                    .allMatch(it -> streams.told(it).size() == 1));
            streams.share(3);
        }
    }

    @Test
    void aBusyStreamHasAConnectionOfItsOwn() {
        try (var streams = new BoundStreams(redis.port()).bind(3)) {
            streams.share(1);
            int sent = 0;
            for (long began = System.nanoTime();
                    streams.reading() != 2
                            && System.nanoTime() - began
                                    < Duration.ofSeconds(20).toNanos(); ) {
                for (int i = 0; i < 50; i++) {
                    streams.add("s0", "m" + sent++);
                }
            }
            streams.share(2);
            int all = sent;
            await().atMost(BoundStreams.PATIENCE).until(() -> streams.told("s0").size() == all);
            assertThat(streams.told("s0"))
                    .isEqualTo(IntStream.range(0, all).mapToObj(i -> "m" + i).toList());
        }
    }

    @Test
    void aNewStreamDoesNotWaitForTheOthersAndOneThatIsLeftAloneGoesOn() {
        try (var streams = new BoundStreams(redis.port(), redis.port(), properties -> {
            properties.setBlockTimeout(Duration.ofSeconds(40));
            properties.setHealthTimeout(Duration.ofSeconds(50));
        })) {
            Binding<MessageChannel> first = streams.bind("s0");
            streams.bind("s1");
            // A read that was answered shows that Redis permits it.
            streams.add("s0", "a");
            streams.add("s1", "a");
            streams.share(1);
            // The shared connection blocks for 40 s from now on, and nothing below may wait for its end.
            Binding<MessageChannel> third = streams.bind("s2");
            streams.add("s2", "b");
            await().until(() -> streams.told("s2").equals(List.of("b")));
            third.unbind();
            streams.add("s0", "c");
            await().until(() -> streams.told("s0").equals(List.of("a", "c")));
            streams.add("s2", "unread");
            Binding<MessageChannel> again = streams.bind("s2");
            streams.add("s2", "e");
            await().until(() -> streams.told("s2").equals(List.of("b", "e")));
            again.unbind();
            first.unbind();
            streams.add("s0", "unread");
            streams.add("s1", "f");
            await().until(() -> streams.told("s1").equals(List.of("a", "f")));
            streams.share(1);
            assertThat(streams.told("s0")).isEqualTo(List.of("a", "c"));
        }
    }

    @Test
    void inARedisClusterOnlyStreamsOfASlotShare() {
        try (var cluster = RedisProcess.with(RedisProcess.clusterSettings())) {
            cluster.addSlots(0, 16383);
            await().until(() -> cluster.command("CLUSTER", "INFO").contains("cluster_state:ok"));
            List<String> names = List.of("{t}a", "{t}b", "c");
            try (var app = TestApplication.start(
                    cluster.port(),
                    "spring.data.redis.cluster.nodes=127.0.0.1:" + cluster.port(),
                    "spring.cloud.stream.bindings.events-in-0.destination=" + String.join(",", names))) {
                await().until(() -> cluster.command("CLIENT", "LIST").split("cmd=xread ", -1).length - 1 == 2);
                names.forEach(stream -> cluster.command("XADD", stream, "*", "payload", stream));
                await().untilAsserted(() -> assertThat(app.payloads()).containsExactlyInAnyOrderElementsOf(names));
                assertThat(app.bean(StreamSubscriptions.class).all()).allMatch(StreamSubscription::isConnected);
            }
        }
    }
}
