package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.DeadLetterRedrive;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import dev.realtime.stream.binder.redis.properties.RedisExtendedBindingProperties;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cloud.stream.config.BindingHandlerAdvise.MappingsProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** The binder's beans in the application's own context. */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
public class RedisBinderAutoConfiguration {

    /** Makes {@value RedisExtendedBindingProperties#DEFAULTS} the defaults of each binding's own properties. */
    @Bean
    MappingsProvider redisExtendedPropertiesDefaultMappingsProvider() {
        return () -> Map.of(
                ConfigurationPropertyName.of("spring.cloud.stream.redis.bindings"),
                ConfigurationPropertyName.of(RedisExtendedBindingProperties.DEFAULTS));
    }

    /** Static, since it must exist before the beans that it processes. */
    @Bean
    static ConfiguredBindingsGuard redisBinderConfiguredBindingsGuard() {
        return new ConfiguredBindingsGuard();
    }

    /** Static for the same reason. */
    @Bean
    static ShutdownOrder redisBinderShutdownOrder() {
        return new ShutdownOrder();
    }

    /** The readers and their positions. */
    @Bean
    @ConditionalOnMissingBean
    StreamSubscriptions streamSubscriptions() {
        return new StreamSubscriptions();
    }

    /** Reads back in streams. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(RedisConnectionFactory.class)
    StreamHistory streamHistory(
            ListableBeanFactory beans,
            @Value("${spring.cloud.stream.redis.binder.key-prefix:}") String keyPrefix,
            @Value("${" + ConnectionFactoryChoice.PROPERTY + ":}") String connectionFactory) {
        return new StreamHistory(ConnectionFactoryChoice.of(beans, connectionFactory), keyPrefix);
    }

    /** Puts dead letters back. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(RedisConnectionFactory.class)
    DeadLetterRedrive deadLetterRedrive(
            ListableBeanFactory beans,
            @Value("${spring.cloud.stream.redis.binder.key-prefix:}") String keyPrefix,
            @Value("${" + ConnectionFactoryChoice.PROPERTY + ":}") String connectionFactory) {
        return new DeadLetterRedrive(ConnectionFactoryChoice.of(beans, connectionFactory), keyPrefix);
    }

    /** Only with the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
    static class Actuator {

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnBean(RedisConnectionFactory.class)
        @ConditionalOnAvailableEndpoint
        DeadLettersEndpoint redisDeadLettersEndpoint(DeadLetterRedrive redrive) {
            return new DeadLettersEndpoint(redrive);
        }
    }
}
