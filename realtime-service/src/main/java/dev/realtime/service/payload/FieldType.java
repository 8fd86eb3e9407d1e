package dev.realtime.service.payload;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The type of a known member; {@code null} is allowed as well. */
enum FieldType {
    /** A string or an integer of any size. */
    ID("must be a string or an integer."),
    TEXT("must be a string."),
    NUMBER("must be a number."),
    SEVERITY("must be one of info, success, warning and error."),
    /** An object with the member {@code id}. */
    WITH_ID("must be an object."),
    ANYTHING(""),
    /** A member that is up to the sender, and of which the live board shows the string, if it is one. */
    NOTED("");

    private static final Set<String> SEVERITIES = Set.of("info", "success", "warning", "error");

    private final String complaint;

    FieldType(String complaint) {
        this.complaint = complaint;
    }

    /** What is wrong with a value; null if it is valid. */
    @Nullable
    String complaintAbout(JsonToken token, @Nullable String text) {
        boolean fits = switch (this) {
            case ID -> token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
            case TEXT -> token == JsonToken.VALUE_STRING;
            case NUMBER -> token.isNumeric();
            case SEVERITY -> token == JsonToken.VALUE_STRING && text != null && SEVERITIES.contains(text);
            case WITH_ID -> token == JsonToken.START_OBJECT;
            case ANYTHING, NOTED -> true;
        };
        return fits ? null : complaint;
    }
}
