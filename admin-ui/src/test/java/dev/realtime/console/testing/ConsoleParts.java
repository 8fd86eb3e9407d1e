package dev.realtime.console.testing;

import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.realtime.stream.binder.redis.StreamSubscriptions;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The console without log-in and without the streams of Redis. No {@code @Configuration}: the application, which other tests
 * start whole, must not find it.
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
    AuthenticationContext authenticationContext() {
        return new AuthenticationContext();
    }
}
