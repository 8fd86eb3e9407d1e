package dev.realtime.launch;

import org.springframework.boot.SpringBootExceptionReporter;

/**
 * Prints a {@link StartupRefusedException} as the short text it is, to standard error: no stack trace, and no log
 * format around it that a person would have to read past.
 *
 * <p>A program has a subclass that names it, registered in {@code META-INF/spring.factories}.
 */
public abstract class StartupRefusalPrinter implements SpringBootExceptionReporter {

    private final String program;

    /** @param program the program's name, with which the text begins */
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
