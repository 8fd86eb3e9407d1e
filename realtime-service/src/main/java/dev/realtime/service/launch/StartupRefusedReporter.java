package dev.realtime.service.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Prints a {@link StartupRefusedException} as the short text it is, to standard error: no stack trace, and no log
 * format around it that a person would have to read past. Registered in {@code META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupRefusedReporter implements SpringBootExceptionReporter {

    /** Spring Boot hands the context to every reporter; there is none yet when ours is needed. */
    StartupRefusedReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupRefusedException refused) {
                System.err.print(refused.text());
                System.err.flush();
                return true;
            }
        }
        return false;
    }
}
