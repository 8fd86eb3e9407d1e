package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.service.bindings.OutputBindings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends batches through the binding {@code presence-out}. */
@Component
final class StreamPresenceChannel implements PresenceChannel {

    private static final Logger log = LoggerFactory.getLogger(StreamPresenceChannel.class);

    private final OutputBindings bindings;
    private final JsonMapper json;

    StreamPresenceChannel(OutputBindings bindings, JsonMapper json) {
        this.bindings = bindings;
        this.json = json;
    }

    @Override
    public void send(PresenceBatch batch) {
        try {
            bindings.send("presence-out", MessageBuilder.withPayload(json.writeValueAsBytes(batch)));
        } catch (RuntimeException e) {
            log.debug(
                    "Batch {} of {} was not sent; the other instances will read all its entries",
                    batch.number(),
                    batch.instance(),
                    e);
        }
    }
}
