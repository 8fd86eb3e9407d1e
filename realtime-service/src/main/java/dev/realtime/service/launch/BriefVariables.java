package dev.realtime.service.launch;

import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Variables;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;

/** The variables that a deployment of this service sets ({@code PORT}, {@code JWT_SECRET}, …). */
final class BriefVariables {

    static final String PORT = "PORT";
    static final String JWT_SECRET = "JWT_SECRET";
    static final String WEBHOOK_TOKEN = "WEBHOOK_TOKEN";
    static final String ADMIN_API_SECRET = "ADMIN_API_SECRET";
    static final String CORS_ORIGIN = "CORS_ORIGIN";

    private static final Variables ALL = new Variables(properties());

    private BriefVariables() {}

    private static Map<String, String> properties() {
        var properties = new HashMap<>(RedisVariables.PROPERTIES);
        properties.put(PORT, "realtime.port");
        properties.put(JWT_SECRET, "realtime.identity.jwt-secret");
        properties.put(WEBHOOK_TOKEN, "realtime.webhook.token");
        properties.put(ADMIN_API_SECRET, "realtime.admin.secret");
        properties.put(CORS_ORIGIN, "realtime.cors.origins");
        return properties;
    }

    /** Adds the variables to the environment and reads from it. */
    static Settings settings(ConfigurableEnvironment environment) {
        return Settings.of(environment, ALL);
    }
}
