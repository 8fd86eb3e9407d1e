package dev.realtime.console.api;

import org.jspecify.annotations.Nullable;

/** No instance of the service answered, or the answer did not come from the service. */
public final class ServiceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServiceAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
