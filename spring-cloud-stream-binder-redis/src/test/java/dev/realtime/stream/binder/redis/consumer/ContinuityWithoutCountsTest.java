package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.connection.RedisLink;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A server that does not count entries, as before Redis 7. */
class ContinuityWithoutCountsTest implements ContinuityListener {

    private static final Duration AT_ONCE = Duration.ofMillis(5);
    private static final Duration LATER = Duration.ofSeconds(5);

    private static RedisProcess redis;
    private static RedisConnections connections;
    private static RedisLink link;

    private final List<String> told = new ArrayList<>();
    private final Continuity continuity = new Continuity(new WithoutCounts(), this);

    @BeforeAll
    static void start() {
        redis = RedisProcess.volatileServer();
        connections =
                new RedisConnections(new LettuceConnectionFactory("127.0.0.1", redis.port()), Duration.ofSeconds(2), 1);
        link = connections.open("s");
    }

    @AfterAll
    static void stop() {
        link.close();
        connections.destroy();
        redis.close();
    }

    @BeforeEach
    void read() {
        redis.command("DEL", "s");
        redis.command("XADD", "s", "1-1", "payload", "read");
        continuity.begin(link, true);
        continuity.read();
    }

    @Test
    void trimmingWhatWasReadIsNoGap() {
        redis.command("XADD", "s", "MAXLEN", "1", "2-1", "payload", "next");
        assertThat(continuity.check(link, "1-1", AT_ONCE)).isEqualTo("1-1");
        assertThat(told).isEmpty();
    }

    @Test
    void whatWasTrimmedWhileNothingWasReadMayBeAGap() {
        redis.command("XADD", "s", "MAXLEN", "1", "2-1", "payload", "missed");
        redis.command("XADD", "s", "MAXLEN", "1", "3-1", "payload", "next");
        continuity.check(link, "1-1", LATER);
        assertThat(told).containsExactly("gap 1-1 3-1 -1");
    }

    @Test
    void whatWasTrimmedWhileDisconnectedMayBeAGap() {
        redis.command("XADD", "s", "MAXLEN", "1", "2-1", "payload", "missed");
        redis.command("XADD", "s", "MAXLEN", "1", "3-1", "payload", "next");
        continuity.reconnected(link, "1-1");
        assertThat(told).containsExactly("gap 1-1 3-1 -1");
    }

    @Test
    void aLowerLastIdIsARollback() {
        redis.command("DEL", "s");
        assertThat(continuity.check(link, "1-1", AT_ONCE)).isEqualTo("0-0");
        assertThat(told).containsExactly("rollback 1-1 0-0 -1");
    }

    @Override
    public void gap(String expectedId, String foundId, long entries) {
        told.add("gap " + expectedId + " " + foundId + " " + entries);
    }

    @Override
    public void rollback(String expectedId, String foundId, long entries) {
        told.add("rollback " + expectedId + " " + foundId + " " + entries);
    }

    private static final class WithoutCounts extends StreamLook {

        WithoutCounts() {
            super("s");
        }

        @Override
        StreamInfo at(RedisLink asked) {
            StreamInfo info = super.at(asked);
            return new StreamInfo(info.length(), info.lastId(), info.firstId(), null, -1);
        }
    }
}
