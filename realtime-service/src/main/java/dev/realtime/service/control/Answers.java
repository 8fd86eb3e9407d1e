package dev.realtime.service.control;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What came of a command.
 *
 * @param byInstance what each instance did, by its tag
 * @param silent the instances that are known and did not answer in time, or could not do it
 */
public record Answers(Map<String, JsonNode> byInstance, Set<String> silent) {

    public Answers {
        byInstance = Map.copyOf(byInstance);
        silent = Set.copyOf(silent);
    }
}
