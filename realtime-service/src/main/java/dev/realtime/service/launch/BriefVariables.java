package dev.realtime.service.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Gives the variables that a deployment of this service sets ({@code PORT}, {@code JWT_SECRET}, …) their property names.
 *
 * <p>They rank just below the environment's own variables: {@code --realtime.port}, {@code -Drealtime.port} and
 * {@code REALTIME_PORT} win over {@code PORT}, which wins over {@code application.yml}. A variable that is set to
 * nothing, as {@code REDIS_PASSWORD=} in an env file, counts as unset.
 */
final class BriefVariables {

    static final String PORT = "PORT";
    static final String JWT_SECRET = "JWT_SECRET";
    static final String WEBHOOK_TOKEN = "WEBHOOK_TOKEN";
    static final String ADMIN_API_SECRET = "ADMIN_API_SECRET";
    static final String CORS_ORIGIN = "CORS_ORIGIN";
    static final String REDIS_HOST = "REDIS_HOST";
    static final String REDIS_PORT = "REDIS_PORT";
    static final String REDIS_PASSWORD = "REDIS_PASSWORD";

    /** The variables with the properties they set. */
    static final Map<String, String> PROPERTIES = properties();

    private static final String SOURCE = "briefVariables";

    private BriefVariables() {}

    private static Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        properties.put(PORT, "realtime.port");
        properties.put(JWT_SECRET, "realtime.identity.jwt-secret");
        properties.put(WEBHOOK_TOKEN, "realtime.webhook.token");
        properties.put(ADMIN_API_SECRET, "realtime.admin.secret");
        properties.put(CORS_ORIGIN, "realtime.cors.origins");
        properties.put(REDIS_HOST, "spring.data.redis.host");
        properties.put(REDIS_PORT, "spring.data.redis.port");
        properties.put(REDIS_PASSWORD, "spring.data.redis.password");
        return Map.copyOf(properties);
    }

    /** Adds the variables that are set to the environment, once. */
    static void addTo(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(SOURCE)) {
            return;
        }
        var values = new LinkedHashMap<String, Object>();
        PROPERTIES.forEach((variable, property) -> {
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
