package dev.realtime.console.send;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object typed by the user.
 *
 * @param value the object; null if the text is empty or invalid
 * @param problem the error; null if there is none
 * @param line the line of the error, from 1
 * @param column the column of the error, from 1
 */
record JsonText(
        @Nullable Map<String, Object> value, @Nullable Problem problem, int line, int column) {

    enum Problem {
        /** Invalid JSON; line and column tell where. */
        BROKEN,
        /** Valid JSON, but not an object. */
        NO_OBJECT
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static JsonText read(String text) {
        if (text.isBlank()) {
            return new JsonText(null, null, 0, 0);
        }
        try {
            return JSON.readTree(text).isObject()
                    ? new JsonText(JSON.readValue(text, new TypeReference<>() {}), null, 0, 0)
                    : new JsonText(null, Problem.NO_OBJECT, 0, 0);
        } catch (JacksonException e) {
            var place = e.getLocation();
            return new JsonText(
                    null,
                    Problem.BROKEN,
                    place == null ? 1 : place.getLineNr(),
                    place == null ? 1 : place.getColumnNr());
        }
    }
}
