package dev.realtime.service.backplane;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.redis.RedisRefusal;
import org.jspecify.annotations.Nullable;

/** Redis did not take a record in time, or refused it. The caller must not be told that it was accepted. */
public final class BackplaneUnavailableException extends RuntimeException {

    private final ErrorCode code;
    private final String reason;

    /**
     * @param cause the failure; Redis' answer is looked for among its causes, and Redis counts as unavailable when there is
     *     none
     */
    public BackplaneUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = RedisRefusal.codeOf(cause);
        this.reason = RedisRefusal.reasonOf(cause);
    }

    /** A refusal without asking Redis. */
    BackplaneUnavailableException(RedisRefusal refusal) {
        super(refusal.reason());
        this.code = refusal.code();
        this.reason = refusal.reason();
    }

    /** What callers are told: one of the codes that begin with {@code backplane}. */
    public ErrorCode code() {
        return code;
    }

    /** The reason, as the beginning of a sentence for callers. */
    public String reason() {
        return reason;
    }
}
