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

/** Notes what is done. What cannot be noted must not be done. */
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
     * What somebody is about to do.
     *
     * @param actor who
     * @param role as what
     * @param address from where
     * @param action what
     * @param target whom or what to
     * @param reason why; null when nobody has to say
     * @param details what else there is to say of it
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
     * Notes what is about to be done.
     *
     * @return the entry's id
     * @throws BackplaneUnavailableException when Redis did not take it
     */
    public String begin(Action action) {
        return add(AuditRecord.begun(action));
    }

    /** Notes what came of it. An outcome that cannot be noted leaves the entry without one. */
    public void end(String id, String outcome, Map<String, Object> result) {
        try {
            add(AuditRecord.ended(id, outcome, result));
        } catch (BackplaneUnavailableException e) {
            log.warn("The outcome of {} in the audit, {}, was not noted", id, outcome);
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
            throw new BackplaneUnavailableException("Redis did not take the entry of the audit", e);
        }
    }
}
