package dev.realtime.service.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A record of the destination {@code control}: a command, or an instance's answer to one.
 *
 * @param id the command's id, also in its answers
 * @param instance who sends it
 * @param action what to do; null in an answer
 * @param arguments for the action; null in an answer
 * @param result what was done; null in a command, and where it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ControlMessage(
        String id,
        String instance,
        @Nullable String action,
        @Nullable JsonNode arguments,
        @Nullable JsonNode result) {

    boolean isCommand() {
        return action != null;
    }
}
