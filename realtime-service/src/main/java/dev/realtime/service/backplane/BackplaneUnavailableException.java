package dev.realtime.service.backplane;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.redis.RedisRefusal;
import org.jspecify.annotations.Nullable;

/** Redis did not take it in time, or refused it. Nothing may be told to be accepted. */
public final class BackplaneUnavailableException extends RuntimeException {

    private final ErrorCode code;
    private final String reason;

    /** @param cause what Redis answered is found among its causes; with none of that kind Redis is away */
    public BackplaneUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = RedisRefusal.codeOf(cause);
        this.reason = RedisRefusal.reasonOf(cause);
    }

    /** Refused before Redis was asked. */
    BackplaneUnavailableException(RedisRefusal refusal) {
        super(refusal.reason());
        this.code = refusal.code();
        this.reason = refusal.reason();
    }

    /** What callers are told: one of the codes that begin with {@code backplane}. */
    public ErrorCode code() {
        return code;
    }

    /** Why, as the beginning of a sentence for callers. */
    public String reason() {
        return reason;
    }
}
