package dev.realtime.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Maps the short variables that a deployment sets ({@code PORT}, {@code REDIS_HOST}, …) to properties.
 *
 * <p>They rank just below the environment's own variables: {@code --realtime.port}, {@code -Drealtime.port} and
 * {@code REALTIME_PORT} win over {@code PORT}, which wins over {@code application.yml}. An empty variable, such as
 * {@code REDIS_PASSWORD=} in an env file, counts as unset.
 */
public final class Variables {

    private static final String SOURCE = "briefVariables";

    private final Map<String, String> properties;

    /** @param properties the variables with the properties they set */
    public Variables(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /**
     * The property that a variable sets.
     *
     * @throws IllegalArgumentException for a variable that is not one of these
     */
    public String property(String variable) {
        String property = properties.get(variable);
        if (property == null) {
            throw new IllegalArgumentException("not one of the variables: " + variable);
        }
        return property;
    }

    /** Adds the variables that are set to the environment. Further calls have no effect. */
    public void addTo(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(SOURCE)) {
            return;
        }
        var values = new LinkedHashMap<String, Object>();
        properties.forEach((variable, property) -> {
            String value = environment.getProperty(variable);
            if (value != null && !value.isBlank()) {
                values.put(property, value);
            }
        });
        var source = new MapPropertySource(SOURCE, values);
        if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
            sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, source);
        } else {
            sources.addLast(source);
        }
    }
}
