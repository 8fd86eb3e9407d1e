package dev.realtime.console.api;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;

/** The service refused the request with a problem as defined by RFC 9457. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public RefusedException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** Whether Redis is unavailable, so that a retry may succeed later. */
    public boolean isRedisAway() {
        return is(ErrorCode.BACKPLANE_UNAVAILABLE);
    }

    public boolean is(ErrorCode code) {
        return code.code().equals(problem.code());
    }
}
