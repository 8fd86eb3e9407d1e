package dev.realtime.service.cluster.command;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The answers to a command.
 *
 * @param byInstance each instance's answer, by the instance's name
 * @param silent the addressees that did not answer in time, or could not perform the command
 */
public record Answers(Map<String, JsonNode> byInstance, Set<String> silent) {

    public Answers {
        byInstance = Map.copyOf(byInstance);
        silent = Set.copyOf(silent);
    }
}
