package dev.realtime.console.launch;

import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.Settings;
import dev.realtime.launch.Variables;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;

/** The variables that a deployment of the console sets, besides properties in their environment form. */
final class ConsoleVariables {

    static final String CONSOLE_PORT = "CONSOLE_PORT";
    static final String CONSOLE_BIND_ADDRESS = "CONSOLE_BIND_ADDRESS";
    static final String REALTIME_URL = "REALTIME_URL";
    static final String ADMIN_API_SECRET = "ADMIN_API_SECRET";
    static final String CONSOLE_ADMIN_PASSWORD_HASH = "CONSOLE_ADMIN_PASSWORD_HASH";

    static final String CONSOLE_METRICS_TOKEN = "CONSOLE_METRICS_TOKEN";

    private static final Variables ALL = new Variables(properties());

    private ConsoleVariables() {}

    private static Map<String, String> properties() {
        var properties = new HashMap<>(RedisVariables.PROPERTIES);
        properties.put(CONSOLE_PORT, "server.port");
        properties.put(CONSOLE_BIND_ADDRESS, "server.address");
        properties.put(REALTIME_URL, "console.service-urls");
        properties.put(ADMIN_API_SECRET, "console.admin-api-secret");
        properties.put(CONSOLE_ADMIN_PASSWORD_HASH, "console.admin-password-hash");
        properties.put(CONSOLE_METRICS_TOKEN, "console.metrics-token");
        return properties;
    }

    /** Adds the variables to the environment and reads from it. */
    static Settings settings(ConfigurableEnvironment environment) {
        return Settings.of(environment, ALL);
    }
}
