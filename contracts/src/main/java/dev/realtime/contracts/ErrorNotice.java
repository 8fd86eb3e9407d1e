package dev.realtime.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the event {@code error}: a request was refused, or the socket is about to be closed.
 *
 * @param code a value of {@link ErrorCode} or {@link CloseCode}
 * @param message one English sentence for developers
 * @param reconnect only before a close: whether the client should reconnect
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErrorNotice(
        String code, String message, @Nullable Boolean reconnect) {

    /** A refusal that leaves the socket as it is. */
    public static ErrorNotice refusal(ErrorCode code, String message) {
        return new ErrorNotice(code.code(), message, null);
    }

    /** The announcement of a close. */
    public static ErrorNotice closing(CloseCode code) {
        return closing(code, code.message());
    }

    /** The announcement of a close, with a custom reason. */
    public static ErrorNotice closing(CloseCode code, String message) {
        return new ErrorNotice(code.code(), message, code.reconnect());
    }
}
