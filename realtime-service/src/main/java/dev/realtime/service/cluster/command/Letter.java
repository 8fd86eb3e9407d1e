package dev.realtime.service.cluster.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A command or an answer, with sender, addressees and time.
 *
 * @param id a unique id, accepted once
 * @param time when it was sent, in milliseconds of Redis' clock
 * @param from the sending instance
 * @param to the addressed instances
 * @param command the command; null in an answer
 * @param answerTo the id of the command that this answers; null in a command
 * @param result the result; null in a command, and when the command failed
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
