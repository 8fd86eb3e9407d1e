package dev.realtime.launch;

import org.springframework.boot.SpringBootExceptionReporter;

/**
 * Prints the text of a {@link StartupRefusedException} to standard error, without a stack trace or a log format around
 * it.
 *
 * <p>Each program registers a subclass with its name in {@code META-INF/spring.factories}.
 */
public abstract class StartupRefusalPrinter implements SpringBootExceptionReporter {

    private final String program;

    /** @param program the program's name, which begins the text */
    protected StartupRefusalPrinter(String program) {
        this.program = program;
    }

    @Override
    public final boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartupRefusedException refused) {
                System.err.print(refused.text(program));
                System.err.flush();
                return true;
            }
        }
        return false;
    }
}
