package dev.realtime.service.problem;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Problem;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** Maps each code to HTTP: its status and its headers. */
public final class Problems {

    /** How many seconds a client should wait before it tries again. */
    private static final String RETRY_AFTER_SECONDS = "1";

    private static final String BLANK = "about:blank";

    private Problems() {}

    public static Problem of(ErrorCode code, String detail) {
        return of(code, detail, List.of());
    }

    public static Problem of(ErrorCode code, String detail, List<Problem.FieldError> errors) {
        return of(code, status(code), detail, errors);
    }

    /** A problem from the server or the framework, whose status says more than its code. */
    static Problem of(ErrorCode code, HttpStatusCode status, String detail, List<Problem.FieldError> errors) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String title = known == null ? "Error" : known.getReasonPhrase();
        return new Problem(BLANK, title, status.value(), detail, code.code(), errors.isEmpty() ? null : errors);
    }

    public static HttpStatus status(ErrorCode code) {
        return switch (code) {
            case TOKEN_MISSING,
                    TOKEN_INVALID,
                    TOKEN_EXPIRED,
                    TOKEN_NOT_YET_VALID,
                    TOKEN_ALGORITHM,
                    TOKEN_ISSUER,
                    TOKEN_AUDIENCE,
                    AUTHENTICATION_REQUIRED -> HttpStatus.UNAUTHORIZED;
            case TOKEN_OTHER_USER, USER_BLOCKED, FORBIDDEN, ROOM_FORBIDDEN, ORIGIN_FORBIDDEN, EVENT_FORBIDDEN ->
                HttpStatus.FORBIDDEN;
            case BODY_TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case EVENT_UNKNOWN, NOT_FOUND, SENDING_UNKNOWN -> HttpStatus.NOT_FOUND;
            case POSITION_EXPIRED, EPOCH_CHANGED -> HttpStatus.GONE;
            case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
            case ALREADY_SENT, NOT_SENT, ALL_CONFIRMED -> HttpStatus.CONFLICT;
            case MEDIA_TYPE_UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case NOT_ACCEPTABLE -> HttpStatus.NOT_ACCEPTABLE;
            case IDEMPOTENCY_KEY_REUSED -> HttpStatus.UNPROCESSABLE_CONTENT;
            case TOO_MANY_EVENTS -> HttpStatus.TOO_MANY_REQUESTS;
            case BACKPLANE_UNAVAILABLE,
                    BACKPLANE_FULL,
                    BACKPLANE_READ_ONLY,
                    BACKPLANE_FORBIDDEN,
                    BACKPLANE_MISCONFIGURED,
                    BACKPLANE_NOT_READY,
                    BACKPLANE_REFUSED,
                    BOARD_NOT_READY,
                    RECEIPTS_FULL,
                    SENDINGS_FULL,
                    OVERLOADED -> HttpStatus.SERVICE_UNAVAILABLE;
            case INTERNAL_ERROR -> HttpStatus.INTERNAL_SERVER_ERROR;
            default -> HttpStatus.BAD_REQUEST;
        };
    }

    /** The code that says most about a status set by the server or the framework. */
    static ErrorCode code(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ErrorCode.TOKEN_MISSING;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 415 -> ErrorCode.MEDIA_TYPE_UNSUPPORTED;
            case 503 -> ErrorCode.OVERLOADED;
            default -> status.is4xxClientError() ? ErrorCode.REQUEST_INVALID : ErrorCode.INTERNAL_ERROR;
        };
    }

    /** The sentence for a problem found by the server or the framework, whose own message might reveal internals. */
    public static String detail(ErrorCode code) {
        return switch (code) {
            case TOKEN_MISSING -> "A token is required.";
            case FORBIDDEN -> "This is not allowed.";
            case NOT_FOUND -> "There is no such resource.";
            case METHOD_NOT_ALLOWED -> "This resource does not support the method; see the header Allow.";
            case NOT_ACCEPTABLE -> "There is no representation in a media type that the request accepts.";
            case BODY_TOO_LARGE -> "The body is too large.";
            case MEDIA_TYPE_UNSUPPORTED -> "The body's media type is not supported.";
            case OVERLOADED -> "The service is overloaded; please try again.";
            case REQUEST_INVALID -> "The request is malformed.";
            default -> "The service failed to handle the request.";
        };
    }

    public static Map<String, String> headers(ErrorCode code) {
        HttpHeaders headers = new HttpHeaders();
        addHeaders(code, headers);
        return headers.toSingleValueMap();
    }

    static void addHeaders(ErrorCode code, HttpHeaders headers) {
        HttpStatus status = status(code);
        if (status == HttpStatus.UNAUTHORIZED) {
            // RFC 6750, section 3: without a token, the challenge has no error code.
            boolean missing = code == ErrorCode.TOKEN_MISSING || code == ErrorCode.AUTHENTICATION_REQUIRED;
            headers.set(
                    HttpHeaders.WWW_AUTHENTICATE,
                    missing ? "Bearer realm=\"realtime\"" : "Bearer realm=\"realtime\", error=\"invalid_token\"");
        } else if (status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
    }
}
