package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import java.util.List;

/** Ends a request with a refusal. The caller sees the message and the errors. */
public final class ProblemException extends RuntimeException {

    private final ErrorCode code;
    private final transient List<Problem.FieldError> errors;

    public ProblemException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    public ProblemException(ErrorCode code, String detail, List<Problem.FieldError> errors) {
        // A caller's mistake needs no stack trace.
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /**
     * Refuses a parameter of the request.
     *
     * @param what what is wrong, to follow the parameter's name: "must be a number"
     */
    public static ProblemException ofParameter(ErrorCode code, String parameter, String what) {
        return new ProblemException(
                code,
                "The parameter " + parameter + " " + what + ".",
                List.of(new Problem.FieldError(parameter, what)));
    }

    public ErrorCode code() {
        return code;
    }

    public List<Problem.FieldError> errors() {
        return errors;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
