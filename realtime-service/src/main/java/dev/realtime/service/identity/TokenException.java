package dev.realtime.service.identity;

import dev.realtime.contracts.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A token that is not valid. Code and message may be shown to its sender; neither may repeat the token. */
public final class TokenException extends Exception {

    private final ErrorCode code;
    private final @Nullable String userKey;

    public TokenException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * A token that is rightly signed, but not valid.
     *
     * @param userKey the user whom it names; null if it names none
     */
    public TokenException(ErrorCode code, String message, @Nullable String userKey) {
        // A client's mistake, so a stack trace would say nothing.
        super(message, null, false, false);
        this.code = code;
        this.userKey = userKey;
    }

    /** The user whom a rightly signed token names; null if that is not known. */
    public @Nullable String userKey() {
        return userKey;
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
