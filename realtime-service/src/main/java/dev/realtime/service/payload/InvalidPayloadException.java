package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import java.util.List;

/** JSON that is refused. Code and violations may be shown to whoever sent it; neither repeats what was sent. */
public final class InvalidPayloadException extends Exception {

    private final ErrorCode code;
    private final transient List<Violation> violations;

    public InvalidPayloadException(ErrorCode code, List<Violation> violations) {
        // A client's mistake: the place in our code says nothing about it.
        super(describe(violations.getFirst()), null, false, false);
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public InvalidPayloadException(ErrorCode code, String path, String message) {
        this(code, List.of(new Violation(path, message)));
    }

    /**
     * {@link ErrorCode#BODY_MALFORMED} for what is no JSON in UTF-8, {@link ErrorCode#BODY_TOO_LARGE},
     * {@link ErrorCode#VALIDATION_FAILED}.
     */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, at least one thing. */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(Violation violation) {
        return violation.path().isEmpty() ? violation.message() : violation.path() + ": " + violation.message();
    }
}
