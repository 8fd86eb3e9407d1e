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
    ANYTHING("");

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
            case ANYTHING -> true;
        };
        return fits ? null : complaint;
    }
}
