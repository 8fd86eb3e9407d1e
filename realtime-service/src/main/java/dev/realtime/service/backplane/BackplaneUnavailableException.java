package dev.realtime.service.backplane;

import org.jspecify.annotations.Nullable;

/** Redis did not take the event in time. Nothing may be told to be accepted. */
public final class BackplaneUnavailableException extends RuntimeException {

    public BackplaneUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
