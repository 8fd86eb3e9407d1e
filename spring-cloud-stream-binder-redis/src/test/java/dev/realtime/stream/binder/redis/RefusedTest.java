package dev.realtime.stream.binder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Redis that answers with errors: senders and readers report the cause. */
class RefusedTest {

    @Test
    void everySendReportsTheCauseEvenWhileReconnecting() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(redis.port())) {
            app.send("first");
            redis.command("REPLICAOF", "127.0.0.1", "1");
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> app.send("refused")).rootCause().hasMessageStartingWith("READONLY");
            }
            redis.command("REPLICAOF", "NO", "ONE");
            await().ignoreExceptions().until(() -> app.send("taken").id() != null);
            await().until(() -> app.payloads().contains("taken"));
            assertThat(app.payloads()).doesNotContain("refused");
        }
    }

    @Test
    void aReaderWithoutPermissionReportsItAndContinuesOnceAllowed() {
        try (var redis = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        redis.port(), "spring.cloud.stream.redis.binder.recovery-interval=100ms")) {
            app.send("before");
            await().until(() -> app.payloads().contains("before"));
            assertThat(app.subscription().failure()).isNull();
            redis.command("ACL", "SETUSER", "default", "-xread");
            await().until(() -> app.subscription().failure() != null);
            app.send("unread");
            assertThat(app.subscription().failure()).hasMessageStartingWith("NOPERM");
            // A successful connect does not prove that reading works.
            var age = app.subscription().sinceLastPoll();
            await().until(() -> app.subscription().sinceLastPoll().compareTo(age.plusMillis(500)) > 0);
            redis.command("ACL", "SETUSER", "default", "+xread");
            await().until(() -> app.payloads().equals(List.of("before", "unread")));
            await().until(() -> app.subscription().failure() == null);
        }
    }
}
