package dev.realtime.service.audit;

import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.bindings.OutputBindings;
import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes audit entries. An action whose entry cannot be written must not be performed. */
@Component
public final class AuditLog {

    static final String DESTINATION = "audit";

    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    private static final String BINDING = "audit-out";

    private final OutputBindings bindings;
    private final JsonMapper json;

    AuditLog(OutputBindings bindings, JsonMapper json) {
        this.bindings = bindings;
        this.json = json;
    }

    /**
     * An action about to be performed.
     *
     * @param actor the administrator
     * @param role the administrator's role
     * @param address the address of the request
     * @param action the action's name
     * @param target the user, socket or object that the action is about
     * @param reason why; null when the action needs no reason
     * @param details further details of the action
     */
    public record Action(
            String actor,
            String role,
            String address,
            String action,
            String target,
            @Nullable String reason,
            Map<String, Object> details) {}

    /**
     * Records an action about to be performed.
     *
     * @return the entry's id
     * @throws BackplaneUnavailableException when Redis did not take the entry
     */
    public String begin(Action action) {
        return add(AuditRecord.begun(action));
    }

    /** Records the outcome. If that fails, the entry stays without an outcome. */
    public void end(String id, String outcome, Map<String, Object> result) {
        try {
            add(AuditRecord.ended(id, outcome, result));
        } catch (BackplaneUnavailableException e) {
            log.warn("The outcome of audit entry {}, {}, was not recorded: Redis did not accept it", id, outcome);
        }
    }

    private String add(AuditRecord record) {
        CompletableFuture<RecordMetadata> added = new CompletableFuture<>();
        try {
            bindings.send(
                    BINDING,
                    MessageBuilder.withPayload(json.writeValueAsBytes(record))
                            .setHeader(RedisBinderHeaders.RECORD_METADATA_FUTURE, added));
            return added.join().id();
        } catch (RuntimeException e) {
            throw new BackplaneUnavailableException("Redis did not accept the audit entry", e);
        }
    }
}
