package dev.realtime.console.send;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object as somebody types it.
 *
 * @param value the object; null when there is none, or it is wrong
 * @param problem what is wrong; null when nothing is
 * @param line where it is wrong, from 1
 * @param column the same
 */
record JsonText(
        @Nullable Map<String, Object> value, @Nullable Problem problem, int line, int column) {

    enum Problem {
        /** It is not JSON; line and column tell where it stops being that. */
        BROKEN,
        /** It is JSON, and no object. */
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
