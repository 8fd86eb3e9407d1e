package dev.realtime.stream.binder.redis.properties;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/**
 * The binder's own properties of one binding. The annotation serves the generated metadata: it documents the defaults
 * of all bindings.
 */
@ConfigurationProperties(RedisExtendedBindingProperties.DEFAULTS)
public class RedisBindingProperties implements BinderSpecificPropertiesProvider {

    @NestedConfigurationProperty
    private RedisConsumerProperties consumer = new RedisConsumerProperties();

    @NestedConfigurationProperty
    private RedisProducerProperties producer = new RedisProducerProperties();

    @Override
    public RedisConsumerProperties getConsumer() {
        return consumer;
    }

    public void setConsumer(RedisConsumerProperties consumer) {
        this.consumer = consumer;
    }

    @Override
    public RedisProducerProperties getProducer() {
        return producer;
    }

    public void setProducer(RedisProducerProperties producer) {
        this.producer = producer;
    }
}
