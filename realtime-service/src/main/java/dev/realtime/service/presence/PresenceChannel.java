package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.service.bindings.OutputBindings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the others what changed, by the binding {@code presence-out}. One that is lost is noticed by its number. Whose
 * change it is stands in a header too, so that nobody reads what he has told himself.
 */
@Component
final class PresenceChannel {

    static final String INSTANCE = "realtime_instance";

    private static final Logger log = LoggerFactory.getLogger(PresenceChannel.class);

    private final OutputBindings bindings;
    private final JsonMapper json;

    PresenceChannel(OutputBindings bindings, JsonMapper json) {
        this.bindings = bindings;
        this.json = json;
    }

    void send(PresenceBatch batch) {
        try {
            bindings.send(
                    "presence-out",
                    MessageBuilder.withPayload(json.writeValueAsBytes(batch)).setHeader(INSTANCE, batch.instance()));
        } catch (RuntimeException e) {
            log.debug(
                    "Change {} of {} was not told; the others will read all of it",
                    batch.number(),
                    batch.instance(),
                    e);
        }
    }
}
