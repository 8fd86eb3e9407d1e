package dev.realtime.stream.binder.redis.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class GroupWatchTest {

    @Test
    void theLagIsUnknownWhereRedisCannotTell() {
        try (var redis = RedisProcess.counting()) {
            RedisConnections connections = new RedisConnections(
                    new LettuceConnectionFactory("127.0.0.1", redis.port()), Duration.ofSeconds(2), 1);
            try (var link = connections.open("s")) {
                redis.command("XADD", "s", "1-1", "payload", "a");
                redis.command("XADD", "s", "2-1", "payload", "b");
                redis.command("XADD", "s", "3-1", "payload", "c");
                redis.command("XGROUP", "CREATE", "s", "g", "0");
                GroupWatch watch = new GroupWatch(
                        GroupSettings.of("g", Duration.ZERO, new RedisConsumerProperties()),
                        "s",
                        "c",
                        mock(GroupEvents.class));
                watch.connected(link, false);
                assertThat(watch.lag()).isEqualTo(3);
                // From here on Redis does not know how many of the entries ever added the group has yet to read.
                redis.command("XDEL", "s", "2-1");
                redis.command("XGROUP", "SETID", "s", "g", "1-1");
                watch.connected(link, false);
                assertThat(watch.lag()).isEqualTo(-1);
            } finally {
                connections.destroy();
            }
        }
    }
}
