package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes what the others tell from the stream to the view. */
@Component("presenceChanges")
final class PresenceConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(PresenceConsumer.class);

    private final ViewKeeper keeper;
    private final JsonMapper json;

    PresenceConsumer(ViewKeeper keeper, JsonMapper json) {
        this.keeper = keeper;
        this.json = json;
    }

    @Override
    public void accept(Message<byte[]> message) {
        PresenceBatch batch;
        try {
            batch = json.readValue(message.getPayload(), PresenceBatch.class);
        } catch (JacksonException e) {
            log.warn("A record of the destination presence cannot be read and is passed over");
            return;
        }
        keeper.onBatch(batch);
    }
}
