package dev.realtime.service.recovery;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps events in the stream for as long as a session may ask for them, by setting the binding's {@code min-age} to one
 * and a quarter windows, since the last offset of a session may be that much older than its end, and a few seconds for
 * the replay. A configured {@code min-age} takes precedence.
 */
public final class KeptEvents implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String MIN_AGE = "spring.cloud.stream.redis.bindings.events-out.producer.min-age";

    private static final String SOURCE = "recovery";
    private static final Duration REPLAY = Duration.ofSeconds(15);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        RecoveryProperties properties =
                Binder.get(environment).bindOrCreate("realtime.recovery", RecoveryProperties.class);
        String minAge = properties.kept().plus(REPLAY).toString();
        environment.getPropertySources().addLast(new MapPropertySource(SOURCE, Map.of(MIN_AGE, minAge)));
    }
}
