package dev.realtime.stream.binder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class ConnectionFactoryChoiceTest {

    private final LettuceConnectionFactory one = mock();
    private final LettuceConnectionFactory other = mock();

    @Test
    void theOnlyOneNeedsNoName() {
        var beans = new StaticListableBeanFactory(Map.of("one", one));
        assertThat(ConnectionFactoryChoice.of(beans, "")).isSameAs(one);
    }

    @Test
    void amongSeveralTheNameDecides() {
        var beans = new StaticListableBeanFactory(Map.of("one", one, "other", other));
        assertThat(ConnectionFactoryChoice.of(beans, "other")).isSameAs(other);
        assertThatThrownBy(() -> ConnectionFactoryChoice.of(beans, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("one", "other", ConnectionFactoryChoice.PROPERTY, "primary");
    }

    @Test
    void aWrongNameIsRefused() {
        var beans = new StaticListableBeanFactory(Map.of("one", one));
        assertThatThrownBy(() -> ConnectionFactoryChoice.of(beans, "two"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(ConnectionFactoryChoice.PROPERTY + " is two", "[one]");
    }

    @Test
    void anotherClientsFactoryIsRefused() {
        RedisConnectionFactory jedis = mock();
        var beans = new StaticListableBeanFactory(Map.of("jedis", jedis));
        assertThatThrownBy(() -> ConnectionFactoryChoice.of(beans, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("LettuceConnectionFactory", ConnectionFactoryChoice.PROPERTY);
    }

    @Test
    void theNamedOneIsUsedForSendingReadingAndHistoryEvenIfAnotherIsPrimary() {
        try (var mine = RedisProcess.volatileServer();
                var theirs = RedisProcess.volatileServer();
                var app = TestApplication.start(
                        List.of(TwoFactories.class),
                        theirs.port(),
                        "mine.port=" + mine.port(),
                        ConnectionFactoryChoice.PROPERTY + "=mine")) {
            app.send("m");
            await().until(() -> app.payloads().equals(List.of("m")));
            assertThat(mine.payloads("events")).containsExactly("m");
            assertThat(theirs.command("EXISTS", "events")).startsWith(":0");
            assertThat(app.bean(StreamHistory.class)
                            .before("events", null, Limits.of(10, 1_000))
                            .entries())
                    .hasSize(1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoFactories {

        @Bean
        LettuceConnectionFactory mine(@Value("${mine.port}") int port) {
            return new LettuceConnectionFactory("127.0.0.1", port);
        }

        /** Spring Boot's own beans need one that stands out. */
        @Bean
        @Primary
        LettuceConnectionFactory theirs(@Value("${spring.data.redis.port}") int port) {
            return new LettuceConnectionFactory("127.0.0.1", port);
        }
    }
}
