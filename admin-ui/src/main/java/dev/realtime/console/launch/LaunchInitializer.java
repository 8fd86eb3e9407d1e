package dev.realtime.console.launch;

import dev.realtime.console.security.ConsoleProperties;
import dev.realtime.launch.DataFolder;
import dev.realtime.launch.EmbeddedRedisAddress;
import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Prepares a start: maps the variables, refuses invalid settings and, if no Redis is configured, takes missing settings
 * from the data folder of the service on this machine. Runs last, so that it sees every property source.
 */
public final class LaunchInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(LaunchInitializer.class);

    private static final String SOURCE = "launch";
    private static final int COST = 10;

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws StartupRefusedException with all problems */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Settings settings = ConsoleVariables.settings(environment);
        ConsoleProperties properties = properties(environment);
        boolean oidc = oidc(environment);
        var problems = new StartupProblems();
        ConsoleCheck.check(settings, properties, oidc, problems);
        problems.refuseIfAny();
        if (settings.production()) {
            return;
        }
        try {
            boolean nobody = properties.allUsers().isEmpty() && !oidc;
            Map<String, Object> found = find(settings, nobody);
            environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, found));
        } catch (IOException e) {
            throw new StartupRefusedException(
                    "The data folder " + settings.dataDir() + " cannot be used: " + DataFolder.reason(e), e);
        }
    }

    private static ConsoleProperties properties(ConfigurableEnvironment environment) {
        try {
            return Binder.get(environment).bindOrCreate("console", ConsoleProperties.class);
        } catch (BindException e) {
            throw new StartupRefusedException(
                    "The property " + e.getName() + " (or its variable) has an invalid value.");
        }
    }

    private static boolean oidc(ConfigurableEnvironment environment) {
        return Binder.get(environment)
                .bind("spring.security.oauth2.client.registration", Bindable.mapOf(String.class, Object.class))
                .isBound();
    }

    private static Map<String, Object> find(Settings settings, boolean nobody) throws IOException {
        var folder = new ServiceFolder(settings.dataDir());
        var found = new LinkedHashMap<String, Object>();
        if (!settings.redisConfigured()) {
            EmbeddedRedisAddress redis = folder.redis();
            found.put(settings.property(RedisVariables.HOST), "127.0.0.1");
            found.put(settings.property(RedisVariables.PORT), redis.port());
            found.put(settings.property(RedisVariables.PASSWORD), redis.password());
            log.info("REDIS_HOST is not set: using the service's embedded Redis at {}", redis);
        }
        if (settings.variable(ConsoleVariables.ADMIN_API_SECRET) == null) {
            found.put(settings.property(ConsoleVariables.ADMIN_API_SECRET), folder.adminApiSecret());
        }
        if (nobody) {
            found.put(
                    settings.property(ConsoleVariables.CONSOLE_ADMIN_PASSWORD_HASH),
                    new BCryptPasswordEncoder(COST).encode(folder.adminPassword()));
            log.warn(
                    "No users are configured: log in as {} with the password in {}",
                    ConsoleProperties.ADMIN,
                    folder.passwordFile());
        }
        return found;
    }
}
