package dev.realtime.service.broadcast;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.service.payload.PayloadLimits;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Takes a request's body as bytes, and no more of them than there may be. */
final class RequestBody {

    /** Enough for nearly every event. */
    private static final int BUFFER = 4096;

    private static final String TOO_LARGE =
            "The body must not be larger than " + PayloadLimits.MAX_BODY_BYTES / 1024 + " KB.";

    private RequestBody() {}

    /**
     * Reads the body. The rest of one that is too large is left to the server, which throws it away behind the answer.
     *
     * @param memory pays for what is read
     * @throws ProblemException when it is too large, or there is no memory for it
     */
    static byte[] read(HttpServletRequest request, BodyMemory.Share memory) throws IOException {
        if (request.getContentLengthLong() > PayloadLimits.MAX_BODY_BYTES) {
            throw new ProblemException(ErrorCode.BODY_TOO_LARGE, TOO_LARGE);
        }
        return readBounded(request.getInputStream(), memory);
    }

    /** @throws ProblemException when it is no JSON by its own account */
    static void checkHeaders(RequestHeaders headers) {
        checkMediaType(headers.first(HttpHeaders.CONTENT_TYPE));
        checkEncoding(headers.first(HttpHeaders.CONTENT_ENCODING));
    }

    private static byte[] readBounded(InputStream in, BodyMemory.Share memory) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int size = 0;
        memory.take(buffer.length);
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer, size, buffer.length - size)) {
            size += read;
            if (size > PayloadLimits.MAX_BODY_BYTES) {
                throw new ProblemException(ErrorCode.BODY_TOO_LARGE, TOO_LARGE);
            }
            if (size == buffer.length) {
                int larger = Math.min(2 * size, PayloadLimits.MAX_BODY_BYTES + 1);
                memory.take(larger - size);
                buffer = Arrays.copyOf(buffer, larger);
            }
        }
        return Arrays.copyOf(buffer, size);
    }

    /** A body without a media type is taken for what it must be. */
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
            // Refused below with the others.
        }
        throw new ProblemException(
                ErrorCode.MEDIA_TYPE_UNSUPPORTED, "The body must be application/json, which is in UTF-8.");
    }

    private static void checkEncoding(@Nullable String encoding) {
        if (encoding != null && !encoding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ProblemException(
                    ErrorCode.MEDIA_TYPE_UNSUPPORTED, "The body must come as it is, without a Content-Encoding.");
        }
    }
}
