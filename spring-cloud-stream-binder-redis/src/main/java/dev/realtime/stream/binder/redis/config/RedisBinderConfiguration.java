package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import dev.realtime.stream.binder.redis.connection.RedisConnections;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisExtendedBindingProperties;
import dev.realtime.stream.binder.redis.provisioning.RedisStreamProvisioner;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ProducerMessageHandlerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The binder's own context. Uses the application's connection factory or, for a binder with its own environment,
 * creates one from that environment's {@code spring.data.redis.*}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(Binder.class)
@ImportAutoConfiguration(DataRedisAutoConfiguration.class)
@EnableConfigurationProperties({RedisBinderConfigurationProperties.class, RedisExtendedBindingProperties.class})
public class RedisBinderConfiguration {

    @Bean
    RedisConnections redisBinderConnections(ListableBeanFactory beans, RedisBinderConfigurationProperties properties) {
        return new RedisConnections(
                ConnectionFactoryChoice.of(beans, properties.getConnectionFactory()),
                properties.getReplyTimeout(),
                properties.getMaxReadConnections());
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
            RedisExtendedBindingProperties extended,
            ObjectProvider<ProducerMessageHandlerCustomizer<?>> producerCustomizer,
            ObjectProvider<ConsumerEndpointCustomizer<?>> consumerCustomizer) {
        RedisMessageChannelBinder binder =
                new RedisMessageChannelBinder(connections, provisioner, properties, extended);
        producerCustomizer.ifUnique(binder::setProducerMessageHandlerCustomizer);
        consumerCustomizer.ifUnique(binder::setConsumerEndpointCustomizer);
        return binder;
    }

    /** Only with health indicators. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @ConditionalOnEnabledHealthIndicator("binders")
    static class Health {

        @Bean
        HealthIndicator redisBinderHealthIndicator(RedisMessageChannelBinder binder) {
            return new RedisBinderHealthIndicator(binder);
        }
    }
}
