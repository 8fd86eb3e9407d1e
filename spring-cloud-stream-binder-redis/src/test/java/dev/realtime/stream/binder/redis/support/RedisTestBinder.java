package dev.realtime.stream.binder.redis.support;

import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.RedisExtendedBindingProperties;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.provisioning.RedisStreamProvisioner;
import java.time.Duration;
import org.springframework.cloud.stream.binder.AbstractPollableConsumerTestBinder;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.config.EnableIntegration;

/** Adapts the binder to Spring Cloud Stream's test kit. */
public final class RedisTestBinder
        extends AbstractPollableConsumerTestBinder<
                RedisMessageChannelBinder,
                ExtendedConsumerProperties<RedisConsumerProperties>,
                ExtendedProducerProperties<RedisProducerProperties>> {

    private final RedisConnections connections;
    private final RedisMessageChannelBinder binder;
    private final AnnotationConfigApplicationContext context;

    public RedisTestBinder(int port) {
        this(port, 1);
    }

    public RedisTestBinder(int port, int recoverySeconds) {
        this(port, patient(recoverySeconds));
    }

    public RedisTestBinder(int port, RedisBinderConfigurationProperties properties) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
        factory.afterPropertiesSet();
        connections = new RedisConnections(factory, properties.getReplyTimeout(), 100);
        binder = new RedisMessageChannelBinder(
                connections, new RedisStreamProvisioner(""), properties, new RedisExtendedBindingProperties());
        context = new AnnotationConfigApplicationContext(Config.class);
        binder.setApplicationContext(context);
        setPollableConsumerBinder(binder);
    }

    private static RedisBinderConfigurationProperties patient(int recoverySeconds) {
        RedisBinderConfigurationProperties properties = new RedisBinderConfigurationProperties();
        properties.setBlockTimeout(Duration.ofMillis(500));
        properties.setRecoveryInterval(Duration.ofSeconds(recoverySeconds));
        return properties;
    }

    public AnnotationConfigApplicationContext context() {
        return context;
    }

    @Override
    public void cleanup() {
        binder.destroy();
        connections.destroy();
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableIntegration
    static class Config {}
}
