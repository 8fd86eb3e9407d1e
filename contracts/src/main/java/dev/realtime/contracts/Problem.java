package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as REST tells it: {@code application/problem+json} by RFC 9457.
 *
 * @param type always {@code about:blank}: the title is the status' own, and what a program wants to know is the code
 * @param title the status' name
 * @param status the HTTP status
 * @param detail one English sentence for a developer's eye
 * @param code a value of {@link ErrorCode}
 * @param errors what exactly is wrong, where it can be told apart
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
     * One thing that is wrong.
     *
     * @param path where: {@code call.id}, {@code rooms[2]}; empty for the whole
     * @param message what, in one English sentence
     */
    public record FieldError(String path, String message) {}
}
