package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused REST request: {@code application/problem+json} as defined by RFC 9457.
 *
 * @param type always {@code about:blank}: the title is that of the status, and programs use the code
 * @param title the name of the status
 * @param status the HTTP status
 * @param detail one English sentence for developers
 * @param code a value of {@link ErrorCode}
 * @param errors the single errors, where they are known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable List<FieldError> errors) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One error.
     *
     * @param path the place in the body: {@code call.id}, {@code rooms[2]}; empty for the whole body
     * @param message what is wrong, in one English sentence
     */
    public record FieldError(String path, String message) {}
}
