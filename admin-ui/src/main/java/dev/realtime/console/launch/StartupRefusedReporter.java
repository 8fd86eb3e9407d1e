package dev.realtime.console.launch;

import dev.realtime.launch.StartupRefusalPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports why the console does not start; registered in {@code META-INF/spring.factories}. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupRefusedReporter extends StartupRefusalPrinter {

    StartupRefusedReporter(@Nullable ConfigurableApplicationContext context) {
        super("admin-ui");
    }
}
