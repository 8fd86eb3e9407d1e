package dev.realtime.service.control;

import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
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

    /** The sum of something over all instances. */
    public int sum(ToIntFunction<JsonNode> of) {
        return byInstance.values().stream().mapToInt(of).sum();
    }
}
