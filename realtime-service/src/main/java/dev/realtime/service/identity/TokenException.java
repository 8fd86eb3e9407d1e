package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;

/** A token that is not valid. Code and message may be shown to its sender; neither may repeat the token. */
public final class TokenException extends Exception {

    private final ErrorCode code;

    public TokenException(ErrorCode code, String message) {
        // A client's mistake, so a stack trace would say nothing.
        super(message, null, false, false);
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
