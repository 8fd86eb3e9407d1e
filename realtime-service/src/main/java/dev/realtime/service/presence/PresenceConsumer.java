package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.service.gateway.engineio.EngineSessions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes what the others tell from the stream to the view, and tells this instance's leader that something changed. */
@Component("presenceChanges")
final class PresenceConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(PresenceConsumer.class);

    private final ViewKeeper keeper;
    private final PresenceLeader leader;
    private final JsonMapper json;
    private final String self;

    PresenceConsumer(ViewKeeper keeper, PresenceLeader leader, JsonMapper json, EngineSessions sessions) {
        this.keeper = keeper;
        this.leader = leader;
        this.json = json;
        this.self = sessions.instanceTag();
    }

    @Override
    public void accept(Message<byte[]> message) {
        leader.onChange();
        if (self.equals(message.getHeaders().get(PresenceChannel.INSTANCE))) {
            return;
        }
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
