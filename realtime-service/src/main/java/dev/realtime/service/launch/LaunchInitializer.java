package dev.realtime.service.launch;

import dev.realtime.devredis.EmbeddedRedis;
import dev.realtime.devredis.FolderLocks;
import dev.realtime.launch.DataFolder;
import dev.realtime.launch.RedisVariables;
import dev.realtime.launch.Settings;
import dev.realtime.launch.StartupProblems;
import dev.realtime.launch.StartupRefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Prepares a start: maps the deployment's variables to properties, refuses invalid settings, and creates what is
 * missing where no Redis is configured. Runs as the last initializer, so that it sees every property source.
 *
 * <p>With a Redis configured it must not write anything.
 */
public final class LaunchInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(LaunchInitializer.class);

    private static final String SOURCE = "launch";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws StartupRefusedException with everything that is wrong */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        Settings settings = BriefVariables.settings(environment);
        var problems = new StartupProblems();
        ConfigurationCheck.check(settings, problems);
        problems.refuseIfAny();
        if (!settings.redisConfigured()) {
            environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, makeMissing(settings, context)));
        }
    }

    private static Map<String, Object> makeMissing(Settings settings, ConfigurableApplicationContext context) {
        DataFolder folder = DataFolder.open(settings.dataDir());
        try {
            Secrets secrets = FolderLocks.changing(folder, () -> Secrets.ofOrMadeIn(folder, settings));
            EmbeddedRedis redis = EmbeddedRedis.join(folder, EmbeddedSettings.options(settings));
            endWith(context, redis);
            announce(folder, secrets, redis);
            var properties = new LinkedHashMap<String, Object>();
            properties.put(settings.property(BriefVariables.JWT_SECRET), secrets.jwtSecret());
            properties.put(settings.property(BriefVariables.WEBHOOK_TOKEN), secrets.webhookToken());
            properties.put(settings.property(BriefVariables.ADMIN_API_SECRET), secrets.adminApiSecret());
            properties.put(settings.property(RedisVariables.HOST), "127.0.0.1");
            properties.put(
                    settings.property(RedisVariables.PORT), redis.running().port());
            properties.put(
                    settings.property(RedisVariables.PASSWORD), redis.running().password());
            return properties;
        } catch (IOException e) {
            throw new StartupRefusedException(
                    "The data folder " + folder.path() + " cannot be used: " + DataFolder.reason(e), e);
        }
    }

    /** Disposable beans are destroyed in reverse order and this is the first, so all others still have Redis. */
    private static void endWith(ConfigurableApplicationContext context, EmbeddedRedis redis) {
        if (context.getBeanFactory() instanceof DefaultSingletonBeanRegistry beans) {
            beans.registerDisposableBean("embeddedRedis", redis::close);
        }
        // A start that fails before the refresh destroys no beans.
        SpringApplication.getShutdownHandlers().add(redis::close);
    }

    private static void announce(DataFolder folder, Secrets secrets, EmbeddedRedis redis) {
        if (!secrets.ownMaking().isEmpty()) {
            log.warn(
                    "{} not set: using random values for a trial, kept in {} and readable by its owner only",
                    String.join(", ", secrets.ownMaking()),
                    folder.path());
        }
        log.info(
                "REDIS_HOST is not set: {} an embedded Redis at {} ({}), data in {}",
                redis.running().adopted() ? "found" : "started",
                redis.running(),
                redis.running().program(),
                folder.path());
    }
}
