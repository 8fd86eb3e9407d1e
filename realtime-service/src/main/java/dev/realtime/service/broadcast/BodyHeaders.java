package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Checks what a request's headers say about its body. */
final class BodyHeaders {

    private BodyHeaders() {}

    /** @throws ProblemException when the headers say that the body is not JSON */
    static void check(RequestHeaders headers) {
        checkMediaType(headers.first(HttpHeaders.CONTENT_TYPE));
        checkEncoding(headers.first(HttpHeaders.CONTENT_ENCODING));
    }

    /** A body without a media type is taken for JSON. */
    private static void checkMediaType(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            boolean json = type.getType().equals("application")
                    && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
            boolean utf8 = type.getCharset() == null
                    || StandardCharsets.UTF_8.equals(type.getCharset())
                    || StandardCharsets.US_ASCII.equals(type.getCharset());
            if (json && utf8) {
                return;
            }
        } catch (IllegalArgumentException _) {
            // Refused below, like every other media type.
        }
        throw new ProblemException(
                ErrorCode.MEDIA_TYPE_UNSUPPORTED, "The Content-Type must be application/json, in UTF-8.");
    }

    private static void checkEncoding(@Nullable String encoding) {
        if (encoding != null && !encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ProblemException(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "The body must not have a Content-Encoding.");
        }
    }
}
