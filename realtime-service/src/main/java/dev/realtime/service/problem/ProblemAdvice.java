package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns exceptions of controllers and of Spring MVC into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Object> onRefusal(ProblemException e) {
        return answer(Problems.of(e.code(), e.getMessage(), e.errors()), e.code(), new HttpHeaders());
    }

    /**
     * Spring Security's firewall checks headers when they are read. Its message repeats them, so it is not passed on.
     */
    @ExceptionHandler
    ResponseEntity<Object> onMalformed(RequestRejectedException e) {
        ErrorCode code = ErrorCode.REQUEST_INVALID;
        return answer(Problems.of(code, Problems.detail(code)), code, new HttpHeaders());
    }

    /** Any unforeseen exception. Spring Security's exceptions are left to its filters. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> onFault(Exception e) throws Exception {
        if (e instanceof AuthenticationException || e instanceof AccessDeniedException) {
            throw e;
        }
        if (clientIsGone(e)) {
            log.debug("The client closed the connection", e);
            return null;
        }
        log.error("A request failed", e);
        ErrorCode code = ErrorCode.INTERNAL_ERROR;
        return answer(Problems.of(code, Problems.detail(code)), code, new HttpHeaders());
    }

    /**
     * A body that the endpoint does not accept. The framework's message would repeat what was sent, so it is not passed
     * on.
     */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRoomException room) {
                return answer(Problems.of(room.code(), String.valueOf(room.getMessage())), room.code(), headers);
            }
        }
        ErrorCode code = ErrorCode.BODY_MALFORMED;
        return answer(Problems.of(code, "The body is missing, or is not the expected JSON."), code, headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError()) {
            log.error("A request failed", e);
        }
        ErrorCode code = Problems.code(status);
        return answer(Problems.of(code, status, Problems.detail(code), List.of()), code, headers);
    }

    private static ResponseEntity<Object> answer(Problem problem, ErrorCode code, HttpHeaders given) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(given);
        Problems.addHeaders(code, headers);
        // Set here instead of negotiated: a client that does not accept problem details receives them all the same.
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(problem);
    }

    private static boolean clientIsGone(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.apache.catalina.connector.ClientAbortException) {
                return true;
            }
        }
        return false;
    }
}
