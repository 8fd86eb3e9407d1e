package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.CuttingProxy;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinuityTest {

    @Test
    void reportsHowManyEntriesWereTrimmedWhileDisconnected() {
        try (var redis = RedisProcess.counting();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port())) {
            RecordMetadata last = app.send("seen");
            await().until(() -> app.received().size() == 1);
            proxy.refuse(true);
            proxy.cut();
            for (int i = 0; i < 10; i++) {
                redis.command("XADD", "events", "*", "payload", "m" + i);
            }
            redis.command("XTRIM", "events", "MAXLEN", "3");
            proxy.refuse(false);

            await().until(() -> app.received().size() == 4);
            assertThat(app.payloads()).containsExactly("seen", "m7", "m8", "m9");
            await().until(() -> app.continuityEvents().size() == 1);
            StreamContinuityEvent event = app.continuityEvents().getFirst();
            assertThat(event).isInstanceOf(StreamGapEvent.class);
            assertThat(event.expectedId()).isEqualTo(last.id());
            assertThat(event.foundId())
                    .isEqualTo(app.received().get(1).getHeaders().get(RedisBinderHeaders.STREAM_ID));
            assertThat(event.entries()).isEqualTo(7);
        }
    }

    @Test
    void reportsEntriesDeletedUnreadWhileConnected() {
        try (var redis = RedisProcess.counting();
                var app = TestApplication.start(redis.port())) {
            app.send("seen");
            await().until(() -> app.received().size() == 1);
            // One transaction, so that the reader cannot read in between.
            redis.command(
                    "EVAL",
                    "\"redis.call('XADD',KEYS[1],'*','payload','x');redis.call('XTRIM',KEYS[1],'MAXLEN',0)\"",
                    "1",
                    "events");
            await().until(() -> app.continuityEvents().size() == 1);
            assertThat(app.continuityEvents().getFirst()).isInstanceOf(StreamGapEvent.class);
            assertThat(app.continuityEvents().getFirst().entries()).isEqualTo(1);
        }
    }

    /** socketio/socket.io-redis-streams-adapter#32: ids began anew with the server, and the reader waited for the old ones. */
    @Test
    void reportsAnEmptiedServerAndContinuesReading() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            String lost = app.send("lost").id();
            await().until(() -> app.received().size() == 1);
            redis.kill();
            redis.start();
            // Whether an id below the old position was read is only known if the reader saw it.
            await().until(() -> app.continuityEvents().size() == 1);
            redis.command("XADD", "events", "1-1", "payload", "old-id");
            await().until(() -> app.payloads().equals(List.of("lost", "old-id")));
            StreamContinuityEvent event = app.continuityEvents().getFirst();
            assertThat(event).isInstanceOf(StreamRollbackEvent.class);
            assertThat(event.expectedId()).isEqualTo(lost);
            assertThat(app.continuityEvents()).hasSize(1);
        }
    }

    @Test
    void reportsALossHiddenByLaterEntries() {
        try (var redis = RedisProcess.counting();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port())) {
            redis.command("XADD", "events", "1-1", "payload", "a");
            // The first entry is below the position only if the reader started before it: it did, at 0-0.
            String lost = app.send("lost").id();
            await().until(() -> app.received().size() == 2);
            restartUnseen(redis, proxy);
            // The server kept the first entry, lost the second, and got a new one before the reader reconnected.
            redis.command("XADD", "events", "1-1", "payload", "a");
            redis.command("XADD", "events", "*", "payload", "after");
            proxy.refuse(false);

            await().until(() -> app.payloads().equals(List.of("a", "lost", "after")));
            StreamContinuityEvent event = app.continuityEvents().getFirst();
            assertThat(event).isInstanceOf(StreamRollbackEvent.class);
            assertThat(event.expectedId()).isEqualTo(lost);
            assertThat(event.foundId()).isEqualTo("1-1");
            await().during(java.time.Duration.ofSeconds(2))
                    .until(() -> app.continuityEvents().size() == 1);
        }
    }

    /** The same for a group, whose server was restored with the group, but without its newest entries. */
    @Test
    void reportsALossOfAGroupHiddenByLaterEntries() {
        try (var redis = RedisProcess.counting();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port(), "spring.cloud.stream.bindings.events-in-0.group=g")) {
            redis.command("XADD", "events", "1-1", "payload", "a");
            String lost = app.send("lost").id();
            await().until(() -> app.received().size() == 2);
            restartUnseen(redis, proxy);
            redis.command("XADD", "events", "1-1", "payload", "a");
            redis.command("XGROUP", "CREATE", "events", "g", "$");
            redis.command("XADD", "events", "*", "payload", "after");
            redis.command("XADD", "events", "*", "payload", "later");
            proxy.refuse(false);

            await().until(() -> app.payloads().equals(List.of("a", "lost", "after", "later")));
            assertThat(app.continuityEvents()).hasSize(1).first().isInstanceOf(StreamRollbackEvent.class);
            assertThat(app.continuityEvents().getFirst().expectedId()).isEqualTo(lost);
        }
    }

    /** Entries that a group had read, but not handled yet, can be lost as well. */
    @Test
    void reportsALossOfEntriesThatAGroupHadReadAhead() {
        try (var redis = RedisProcess.counting();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(proxy.port(), "spring.cloud.stream.bindings.events-in-0.group=g")) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch inHand = new CountDownLatch(1);
            app.inbox().hook = message -> {
                inHand.countDown();
                uninterrupted(held);
            };
            String add = "\"for i=1,3 do redis.call('XADD',KEYS[1],i..'-1','payload','m'..i) end return 0\"";
            redis.command("EVAL", add, "1", "events");
            uninterrupted(inHand);
            restartUnseen(redis, proxy);
            redis.command("XADD", "events", "1-1", "payload", "m1");
            redis.command("XGROUP", "CREATE", "events", "g", "$");
            redis.command("XADD", "events", "*", "payload", "after");
            redis.command("XADD", "events", "*", "payload", "later");
            redis.command("XADD", "events", "*", "payload", "last");
            proxy.refuse(false);
            held.countDown();

            await().until(() -> app.payloads().equals(List.of("m1", "after", "later", "last")));
            assertThat(app.continuityEvents()).hasSize(1).first().isInstanceOf(StreamRollbackEvent.class);
            assertThat(app.continuityEvents().getFirst().expectedId()).isEqualTo("3-1");
        }
    }

    /** The first check on a restarted server may fail: the server still loads its data, or the connection breaks again. */
    @ParameterizedTest
    @ValueSource(strings = {"", "g"})
    void reportsALossAlthoughTheFirstCheckAfterwardsFails(String group) {
        try (var redis = RedisProcess.counting();
                var proxy = new CuttingProxy(redis.port());
                var app = TestApplication.start(
                        proxy.port(), "spring.cloud.stream.bindings.events-in-0.group=" + group)) {
            redis.command("XADD", "events", "1-1", "payload", "a");
            app.send("lost");
            await().until(() -> app.received().size() == 2);
            restartUnseen(redis, proxy);
            redis.command("ACL", "SETUSER", "default", "-eval", "-evalsha", "-xinfo");
            redis.command("XADD", "events", "1-1", "payload", "a");
            redis.command("XADD", "events", "*", "payload", "after");
            proxy.refuse(false);
            await().until(() -> String.valueOf(app.subscription().failure()).contains("NOPERM"));
            AtomicInteger toldBefore = new AtomicInteger();
            app.inbox().hook = message -> toldBefore.set(app.continuityEvents().size());
            redis.command("ACL", "SETUSER", "default", "+@all");

            await().until(() -> app.payloads().contains("after"));
            assertThat(toldBefore).hasValue(1);
            assertThat(app.continuityEvents().getFirst()).isInstanceOf(StreamRollbackEvent.class);
        }
    }

    @Test
    void stopsAtAGapIfConfigured() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), "spring.cloud.stream.redis.bindings.events-in-0.consumer.on-gap=stop")) {
            app.send("seen");
            await().until(() -> app.received().size() == 1);
            redis.command("DEL", "events");
            await().until(() -> !app.subscription().isConnected());
            app.send("unseen");
            await().during(java.time.Duration.ofSeconds(1))
                    .until(() -> app.received().size() == 1);
            assertThat(app.continuityEvents()).hasSize(1).first().isInstanceOf(StreamRollbackEvent.class);
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reader cannot connect until the proxy lets it. */
    private static void restartUnseen(RedisProcess redis, CuttingProxy proxy) {
        proxy.refuse(true);
        proxy.cut();
        redis.kill();
        redis.start();
    }
}
