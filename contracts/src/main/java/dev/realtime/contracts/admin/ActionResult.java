package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an action.
 *
 * @param auditId the id of the action's audit entry
 * @param sockets number of sockets affected
 * @param byInstance the same for each instance that was asked and answered: the instances of the sockets, or all
 *     instances for a block
 * @param silent instances that did not answer in time; whether they acted is unknown
 * @param until for a block: when it ends, ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionResult(
        String auditId,
        int sockets,
        Map<String, Integer> byInstance,
        List<String> silent,
        @Nullable String until) {}
