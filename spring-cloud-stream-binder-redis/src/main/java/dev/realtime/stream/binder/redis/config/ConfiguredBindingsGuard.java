package dev.realtime.stream.binder.redis.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.DirectFieldAccessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * Keeps the properties of configured bindings for as long as the application runs. Spring Cloud Stream 5.0.3 and 5.0.4
 * remove them once {@code StreamBridge} has sent to more than {@code dynamic-destination-cache-size} bindings (10 by
 * default), and from then on send to a destination named after the binding (issue 3257). Properties of dynamic
 * destinations are still removed.
 */
final class ConfiguredBindingsGuard implements BeanPostProcessor {

    private static final String FIELD = "bindings";

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof BindingServiceProperties properties) {
            DirectFieldAccessor fields = new DirectFieldAccessor(properties);
            // A later version may keep them elsewhere.
            if (fields.getPropertyValue(FIELD) == properties.getBindings()) {
                fields.setPropertyValue(FIELD, new Kept(properties.getBindings()));
            }
        }
        return bean;
    }

    /** Names are compared as Spring Cloud Stream compares them: regardless of case. */
    private static final class Kept extends TreeMap<String, BindingProperties> {

        private final Set<String> configured = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

        private Kept(Map<String, BindingProperties> bindings) {
            super(String.CASE_INSENSITIVE_ORDER);
            putAll(bindings);
            configured.addAll(bindings.keySet());
        }

        @Override
        public @Nullable BindingProperties remove(Object name) {
            return name instanceof String text && configured.contains(text) ? null : super.remove(name);
        }
    }
}
