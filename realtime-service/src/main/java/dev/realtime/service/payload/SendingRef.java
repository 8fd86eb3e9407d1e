package dev.realtime.service.payload;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.StreamHeaders;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a notification's record says about how long it is good for: the sending that it belongs to, which may be recalled,
 * and the time until which it is valid.
 *
 * @param sending the sending's id; null for a notification that was not sent by the admin API
 * @param until from then on no client gets it; null if it is valid for good
 */
public record SendingRef(@Nullable String sending, @Nullable Instant until) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{1,40}");

    /** The headers of its record, see {@link StreamHeaders}. */
    public Map<String, Object> headers() {
        Map<String, Object> headers = new LinkedHashMap<>();
        if (sending != null) {
            headers.put(StreamHeaders.SENDING, sending);
        }
        if (until != null) {
            headers.put(StreamHeaders.UNTIL, until.toString());
        }
        return headers;
    }

    /**
     * Reads a record's headers, which any publisher may have written.
     *
     * @return null for a record without any of them
     * @throws InvalidPayloadException when the headers are not as {@link StreamHeaders} says
     */
    public static @Nullable SendingRef of(Map<String, Object> headers) throws InvalidPayloadException {
        Object sending = headers.get(StreamHeaders.SENDING);
        Object until = headers.get(StreamHeaders.UNTIL);
        if (sending == null && until == null) {
            return null;
        }
        return new SendingRef(sending == null ? null : id(sending), until == null ? null : time(until));
    }

    private static String id(Object sending) throws InvalidPayloadException {
        String text = String.valueOf(sending);
        if (!ID.matcher(text).matches()) {
            throw new InvalidPayloadException(
                    ErrorCode.VALIDATION_FAILED, StreamHeaders.SENDING, "must be the id of a sending.");
        }
        return text;
    }

    private static Instant time(Object until) throws InvalidPayloadException {
        try {
            return Instant.parse(String.valueOf(until));
        } catch (DateTimeParseException e) {
            throw new InvalidPayloadException(
                    ErrorCode.VALIDATION_FAILED, StreamHeaders.UNTIL, "must be a time such as 2026-11-25T09:30:00Z.");
        }
    }
}
