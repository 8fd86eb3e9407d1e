package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an action.
 *
 * @param auditId the id of its entry in the audit
 * @param sockets how many sockets it was done to
 * @param byInstance the same for each instance that was asked and answered: those that have the sockets, all for a block
 * @param silent instances that were asked and did not answer in time: what they did is not known
 * @param until for a block: when it ends, ISO 8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionResult(
        String auditId,
        int sockets,
        Map<String, Integer> byInstance,
        List<String> silent,
        @Nullable String until) {}
