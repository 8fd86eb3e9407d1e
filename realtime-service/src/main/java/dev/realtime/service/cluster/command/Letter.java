package dev.realtime.service.cluster.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A command on its way, or an answer to one.
 *
 * @param id an id of its own, by which it is accepted once
 * @param time when it was sent, in milliseconds of Redis' clock
 * @param from the instance that sends it
 * @param to the instances that it is for
 * @param command what to do; null in an answer
 * @param answerTo the id of the command that this answers; null in a command
 * @param result what was done; null in a command, and where it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Letter(
        String id,
        long time,
        String from,
        Set<String> to,
        @Nullable Command command,
        @Nullable String answerTo,
        @Nullable JsonNode result) {

    Letter {
        to = Set.copyOf(to);
    }
}
