package dev.realtime.service.recovery;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has nothing trimmed from the stream of events that a session may still ask for: the binding's {@code min-age} is a window
 * and a quarter, since the last offset of a session may be that much older than its end, and some seconds for a replay. A
 * {@code min-age} that is configured counts instead.
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
