package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header {@code Idempotency-Key}: 1 to 255 visible ASCII characters, taken literally. */
public final class IdempotencyHeader {

    public static final String NAME = "Idempotency-Key";

    /** The header of an answer to a repeated request. */
    public static final String REPLAYED = "Idempotent-Replayed";

    private static final int MAX_LENGTH = 255;

    private IdempotencyHeader() {}

    /**
     * Returns the request's key; null when it has none.
     *
     * @throws ProblemException when there are several keys, or the key is not valid
     */
    public static @Nullable String of(RequestHeaders headers) {
        List<String> values = headers.all(NAME);
        if (values.isEmpty()) {
            return null;
        }
        String key = values.getFirst();
        boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (values.size() > 1 || key.isEmpty() || key.length() > MAX_LENGTH || !visible) {
            throw new ProblemException(
                    ErrorCode.IDEMPOTENCY_KEY_INVALID,
                    NAME + " must be 1 to " + MAX_LENGTH + " visible ASCII characters, once.");
        }
        return key;
    }
}
