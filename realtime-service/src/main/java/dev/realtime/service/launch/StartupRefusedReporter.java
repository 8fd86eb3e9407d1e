package dev.realtime.service.launch;

import dev.realtime.launch.StartupRefusalPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints why the service does not start. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupRefusedReporter extends StartupRefusalPrinter {

    /** Spring Boot passes the context to every reporter; there is none yet when this one is needed. */
    StartupRefusedReporter(@Nullable ConfigurableApplicationContext context) {
        super("realtime-service");
    }
}
