package dev.realtime.stream.binder.redis.properties;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.stream.binder.AbstractExtendedBindingProperties;
import org.springframework.cloud.stream.binder.BinderSpecificPropertiesProvider;

/** The binder's own properties of each binding and, under {@value #DEFAULTS}, their defaults. */
@ConfigurationProperties("spring.cloud.stream.redis")
public class RedisExtendedBindingProperties
        extends AbstractExtendedBindingProperties<
                RedisConsumerProperties, RedisProducerProperties, RedisBindingProperties> {

    /** Prefix of the defaults of all bindings. */
    public static final String DEFAULTS = "spring.cloud.stream.redis.default";

    @Override
    public String getDefaultsPrefix() {
        return DEFAULTS;
    }

    @Override
    public Map<String, RedisBindingProperties> getBindings() {
        return doGetBindings();
    }

    @Override
    public Class<? extends BinderSpecificPropertiesProvider> getExtendedPropertiesEntryClass() {
        return RedisBindingProperties.class;
    }
}
