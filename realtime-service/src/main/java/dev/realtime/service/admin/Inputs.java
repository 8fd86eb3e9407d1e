package dev.realtime.service.admin;

import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Reason;
import dev.realtime.service.problem.ProblemException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Validates the input of the admin API's callers. Every method throws a {@link ProblemException} that names the member.
 */
final class Inputs {

    private static final Pattern STREAM_ID = Pattern.compile("\\d{1,15}(-\\d{1,15})?");

    private Inputs() {}

    /** A mandatory reason. */
    static String reason(@Nullable String text) {
        String reason = optionalReason(text);
        if (reason == null) {
            throw refused("reason", "is required");
        }
        return reason;
    }

    static @Nullable String optionalReason(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (text.length() > Reason.LONGEST) {
            throw refused("reason", "must have at most " + Reason.LONGEST + " characters");
        }
        return text.strip();
    }

    /** A room that a socket can be put into. */
    static Room joinable(@Nullable String printed) {
        if (printed == null) {
            throw refused("room", "is required");
        }
        try {
            Room room = Room.parse(printed);
            if (room.kind().isByIdentity()) {
                throw refused("room", "is a room that cannot be joined or left");
            }
            return room;
        } catch (InvalidRoomException e) {
            throw new ProblemException(
                    e.code(),
                    String.valueOf(e.getMessage()),
                    List.of(new Problem.FieldError("room", String.valueOf(e.getMessage()))));
        }
    }

    /** A user's id, as it appears in a room's name. */
    static String userKey(String text) {
        try {
            Room.user(text);
            return text;
        } catch (InvalidRoomException e) {
            throw refused("user", "is empty, too long or unprintable");
        }
    }

    static long number(String member, @Nullable Long value, long least, long most) {
        if (value == null || value < least || value > most) {
            throw refused(member, "must be from " + least + " to " + most);
        }
        return value;
    }

    /** The number of items requested. */
    static int count(@Nullable Integer value, int usual, int most) {
        return value == null ? usual : (int) number("count", value.longValue(), 1, most);
    }

    /** A place in a stream: an id, or an ISO 8601 time, which stands for the first id of its millisecond. */
    static @Nullable String place(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (STREAM_ID.matcher(text).matches()) {
            return text;
        }
        try {
            return String.valueOf(Math.max(0, Instant.parse(text).toEpochMilli()));
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refused(parameter, "must be the id of an event, or a time such as 2026-11-25T09:30:00Z");
        }
    }

    /** The id of an event, in full. */
    static String eventId(String parameter, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw refused(parameter, "is required");
        }
        if (!STREAM_ID.matcher(text).matches() || text.indexOf('-') < 0) {
            throw refused(parameter, "must be the id of an event, such as 1764063000000-0");
        }
        return text;
    }

    static ProblemException refused(String member, String message) {
        return new ProblemException(
                ErrorCode.VALIDATION_FAILED,
                "The member or parameter " + member + " " + message + ".",
                List.of(new Problem.FieldError(member, message)));
    }
}
