package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.audit.AuditLog;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.cluster.command.CommandNotSentException;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.redis.RedisRefusal;
import dev.realtime.service.security.AdminCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Performs an administrator's action after the audit has recorded it, then records the outcome. */
@Component
final class Audited {

    private static final String DONE = "done";

    private static final String NOTHING_DONE = "; nothing was done. Please try again.";

    private final AuditLog audit;

    Audited(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A requested action.
     *
     * @param name see {@link dev.realtime.contracts.admin.AuditEntry#action()}
     */
    record Action(String name, String target, @Nullable String reason, Map<String, Object> details) {}

    /** An action's outcome: the answer, and the part of it that the audit records. */
    record Outcome<T>(T answer, Map<String, Object> result) {}

    /**
     * Performs an action.
     *
     * @param work receives the id of the audit entry
     * @throws ProblemException when the audit entry cannot be written, so that nothing is done, or whatever the work
     *     throws
     */
    <T> T perform(HttpServletRequest request, Action action, Function<String, Outcome<T>> work) {
        String id = begin(request, action);
        try {
            Outcome<T> outcome = work.apply(id);
            audit.end(id, DONE, outcome.result());
            return outcome.answer();
        } catch (ProblemException e) {
            audit.end(id, e.code().code(), Map.of());
            throw e;
        } catch (BackplaneUnavailableException | CommandNotSentException | DataAccessException e) {
            audit.end(id, RedisRefusal.codeOf(e).code(), Map.of());
            throw unavailable(e);
        } catch (RuntimeException e) {
            audit.end(id, ErrorCode.INTERNAL_ERROR.code(), Map.of());
            throw e;
        }
    }

    private String begin(HttpServletRequest request, Action action) {
        AdminCaller caller = caller();
        try {
            return audit.begin(new AuditLog.Action(
                    caller.name(),
                    caller.role().claim(),
                    request.getRemoteAddr(),
                    action.name(),
                    action.target(),
                    action.reason(),
                    action.details()));
        } catch (BackplaneUnavailableException e) {
            throw unavailable(e);
        }
    }

    /** Redis is unavailable or refuses; nothing is known to have been done. */
    static ProblemException unavailable(RuntimeException e) {
        return e instanceof BackplaneUnavailableException known
                ? new ProblemException(known.code(), known.reason() + NOTHING_DONE)
                : new ProblemException(RedisRefusal.codeOf(e), RedisRefusal.reasonOf(e) + NOTHING_DONE);
    }

    /** The administrator whose request this thread serves. */
    static AdminCaller caller() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof AdminCaller caller) {
            return caller;
        }
        throw new IllegalStateException("The request was not authenticated with an admin API token");
    }
}
