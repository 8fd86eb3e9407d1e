package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisExtendedBindingProperties;
import dev.realtime.stream.binder.redis.provisioning.RedisStreamProvisioner;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The binder's own context. It takes the application's connection factory, or, for a binder with an environment of its
 * own, makes one from that environment's {@code spring.data.redis.*}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Binder.class)
@ImportAutoConfiguration(DataRedisAutoConfiguration.class)
@EnableConfigurationProperties({RedisBinderConfigurationProperties.class, RedisExtendedBindingProperties.class})
public class RedisBinderConfiguration {

    @Bean
    RedisConnections redisBinderConnections(
            LettuceConnectionFactory connectionFactory, RedisBinderConfigurationProperties properties) {
        return new RedisConnections(
                connectionFactory, properties.getReplyTimeout(), properties.getMaxReadConnections());
    }

    @Bean
    RedisStreamProvisioner redisStreamProvisioner(RedisBinderConfigurationProperties properties) {
        return new RedisStreamProvisioner(properties.getKeyPrefix());
    }

    @Bean
    RedisMessageChannelBinder redisMessageChannelBinder(
            RedisConnections connections,
            RedisStreamProvisioner provisioner,
            RedisBinderConfigurationProperties properties,
            RedisExtendedBindingProperties extended) {
        return new RedisMessageChannelBinder(connections, provisioner, properties, extended);
    }
}
