package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import java.util.List;

/** JSON that is refused. Code and violations may be shown to the sender; neither repeats what was sent. */
public final class InvalidPayloadException extends Exception {

    private final ErrorCode code;
    private final transient List<Violation> violations;

    public InvalidPayloadException(ErrorCode code, List<Violation> violations) {
        // A client's mistake needs no stack trace.
        super(describe(violations.getFirst()), null, false, false);
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public InvalidPayloadException(ErrorCode code, String path, String message) {
        this(code, List.of(new Violation(path, message)));
    }

    /**
     * {@link ErrorCode#BODY_MALFORMED} for anything that is not JSON in UTF-8, {@link ErrorCode#BODY_TOO_LARGE}, or
     * {@link ErrorCode#VALIDATION_FAILED}.
     */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong; at least one violation. */
    public List<Violation> violations() {
        return violations;
    }

    private static String describe(Violation violation) {
        return violation.path().isEmpty() ? violation.message() : violation.path() + ": " + violation.message();
    }
}
