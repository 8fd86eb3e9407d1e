package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.stream.function.StreamBridge;
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

    private final StreamBridge bridge;
    private final JsonMapper json;

    PresenceChannel(StreamBridge bridge, JsonMapper json) {
        this.bridge = bridge;
        this.json = json;
    }

    void send(PresenceBatch batch) {
        try {
            bridge.send(
                    "presence-out",
                    MessageBuilder.withPayload(json.writeValueAsBytes(batch))
                            .setHeader(INSTANCE, batch.instance())
                            .build());
        } catch (RuntimeException e) {
            log.debug(
                    "Change {} of {} was not told; the others will read all of it",
                    batch.number(),
                    batch.instance(),
                    e);
        }
    }
}
