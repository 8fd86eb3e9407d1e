package dev.realtime.service.cluster.command;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What came of a command.
 *
 * @param byInstance what each instance answered, by its name
 * @param silent the addressees that did not answer in time, or could not perform it
 */
public record Answers(Map<String, JsonNode> byInstance, Set<String> silent) {

    public Answers {
        byInstance = Map.copyOf(byInstance);
        silent = Set.copyOf(silent);
    }
}
