package dev.realtime.stream.binder.redis.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.SharedRedis;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with one stream is no other stream's concern. */
class UnsuitedStreamTest {

    @RegisterExtension
    static final SharedRedis redis = new SharedRedis();

    @Test
    void aSlowHandlerDelaysNoOther() throws InterruptedException {
        CountDownLatch hurry = new CountDownLatch(1);
        try (var streams = new BoundStreams(redis.port()).bind(3)) {
            streams.share(1);
            streams.hook = (stream, payload) -> {
                if (stream.equals("s0")) {
                    pass(hurry);
                }
            };
            // More than a hub keeps for a stream.
            int most = 2_500;
            for (int i = 0; i < most; i++) {
                streams.add("s0", "m" + i);
                if (i % 100 == 0) {
                    streams.add("s1", "m" + i);
                    String latest = "m" + i;
                    await().until(() -> streams.told("s1").contains(latest));
                }
            }
            assertThat(streams.told("s0")).isEmpty();
            assertThat(streams.subscription("s0").isHandling()).isTrue();
            hurry.countDown();
            List<String> sent = IntStream.range(0, most).mapToObj(i -> "m" + i).toList();
            await().until(() -> streams.told("s0").size() >= most);
            assertThat(streams.told("s0")).isEqualTo(sent);
        } finally {
            hurry.countDown();
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStreamOfTheWrongTypeSilencesNoOther() {
        try (var streams = new BoundStreams(redis.port()).bind(4)) {
            streams.share(1);
            streams.add("s0", "a");
            await().until(() -> streams.told("s0").equals(List.of("a")));
            streams.redis().del("s0");
            streams.redis().set("s0", "no stream");
            await().until(() -> streams.subscription("s0").failure() != null);
            for (String stream : List.of("s1", "s2", "s3")) {
                streams.add(stream, "b");
                await().until(() -> streams.told(stream).equals(List.of("b")));
                assertThat(streams.subscription(stream).failure()).isNull();
            }
            // The others share again.
            streams.share(1);
            streams.add("s1", "c");
            await().until(() -> streams.told("s1").equals(List.of("b", "c")));
            assertThat(streams.subscription("s0").failure()).hasMessageContaining("WRONGTYPE");

            streams.redis().del("s0");
            streams.add("s0", "mended");
            await().until(() -> streams.told("s0").contains("mended"));
            await().until(() -> streams.subscription("s0").failure() == null);
            streams.share(1);
            assertThat(List.of("s1", "s2", "s3"))
                    .allSatisfy(stream -> assertThat(streams.told(stream)).startsWith("b"));
        }
    }

    @Test
    void aRollbackIsToldToEachStreamBeforeWhatFollows() {
        try (var proxy = new CuttingProxy(redis.port());
                var streams = new BoundStreams(redis.port(), proxy.port(), properties -> {}).bind(3)) {
            streams.share(1);
            for (String stream : BoundStreams.names(3)) {
                streams.add(stream, "lost");
                await().until(() -> streams.told(stream).equals(List.of("lost")));
            }
            streams.redis().multi();
            streams.redis().flushall();
            BoundStreams.names(2).forEach(stream -> streams.add(stream, "1-1", "before"));
            streams.redis().exec();
            proxy.cut();
            for (String stream : BoundStreams.names(3)) {
                await().until(() -> streams.told(stream).equals(List.of("lost", "StreamRollbackEvent")));
                streams.add(stream, "1-2", "after");
                await().until(() -> streams.told(stream).equals(List.of("lost", "StreamRollbackEvent", "after")));
            }
        }
    }

    @Test
    void whatWasTrimmedUnreadIsTold() {
        RedisProcess.assumeCounting();
        try (var streams = new BoundStreams(redis.port()).bind(3)) {
            streams.share(1);
            streams.add("s0", "a");
            await().until(() -> streams.told("s0").equals(List.of("a")));
            streams.redis()
                    .eval(
                            "redis.call('XADD', KEYS[1], '*', 'payload', 'x') redis.call('XTRIM', KEYS[1], 'MAXLEN', 0)",
                            ScriptOutputType.STATUS,
                            "s0");
            await().until(() -> streams.told("s0").equals(List.of("a", "StreamGapEvent")));
            assertThat(streams.told("s1")).isEmpty();
        }
    }
}
