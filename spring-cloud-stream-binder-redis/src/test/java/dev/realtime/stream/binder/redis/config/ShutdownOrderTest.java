package dev.realtime.stream.binder.redis.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.stream.binder.redis.support.RedisProcess;
import dev.realtime.stream.binder.redis.support.TestApplication;
import io.lettuce.core.resource.ClientResources;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ShutdownOrderTest {

    /** Otherwise the binder sees its connections end, and tries in vain to open new ones. */
    @Test
    void theBinderEndsItsConnectionsBeforeTheClientsThreadsEnd() {
        try (var redis = RedisProcess.volatileServer()) {
            Watch watch;
            try (var app = TestApplication.start(List.of(Watched.class), redis.port())) {
                watch = app.bean(Watch.class);
                watch.redis = redis;
            }
            assertThat(watch.connections).containsExactly(1L);
        }
    }

    /** Counts the connections, with that of the question, just before the client's threads end. */
    static final class Watch implements DestructionAwareBeanPostProcessor {

        private final List<Long> connections = new ArrayList<>();
        private RedisProcess redis;

        @Override
        public void postProcessBeforeDestruction(Object bean, String name) {
            connections.add(redis.command("CLIENT", "LIST")
                    .lines()
                    .filter(line -> line.contains("id="))
                    .count());
        }

        @Override
        public boolean requiresDestruction(Object bean) {
            return bean instanceof ClientResources;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Watched {

        /** Spring creates what this sends by, the binders' factory, before the connection factory. */
        @Bean
        ApplicationRunner sender(StreamBridge bridge) {
            return arguments -> bridge.send("events-out", "m");
        }

        @Bean
        static Watch watch() {
            return new Watch();
        }
    }
}
