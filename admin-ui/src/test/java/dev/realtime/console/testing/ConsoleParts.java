package dev.realtime.console.testing;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.realtime.console.calls.CallThresholds;
import dev.realtime.console.overview.WarningThresholds;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import java.time.Duration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The console without login and Redis streams. Not a {@code @Configuration}, so that tests that start the whole
 * application do not find it.
 */
@ImportAutoConfiguration(JacksonAutoConfiguration.class)
@ComponentScan(
        basePackages = {"dev.realtime.console.api", "dev.realtime.console.live", "dev.realtime.console.language"},
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*StreamBindings"))
class ConsoleParts {

    @Bean
    StreamSubscriptions streamSubscriptions() {
        return new StreamSubscriptions();
    }

    @Bean
    CallThresholds callThresholds() {
        return new CallThresholds(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    @Bean
    WarningThresholds warningThresholds() {
        return new WarningThresholds(100, Duration.ofMillis(500), 0.92);
    }

    @Bean
    AuthenticationContext authenticationContext() {
        return new AuthenticationContext();
    }
}
