package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;

/** A token that is no good. Code and message may be shown to whoever presented it; neither repeats the token. */
public final class TokenException extends Exception {

    private final ErrorCode code;

    public TokenException(ErrorCode code, String message) {
        // A client's mistake: the place in our code says nothing about it.
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
