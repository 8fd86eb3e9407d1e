package dev.realtime.service.security;

import dev.realtime.contracts.ErrorCode;
import org.springframework.security.core.AuthenticationException;

/** A token that is missing or invalid. The message may be shown to the caller. */
public final class TokenRefusedException extends AuthenticationException {

    private final ErrorCode code;

    TokenRefusedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
