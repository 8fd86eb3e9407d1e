package dev.realtime.service.presence;

import dev.realtime.contracts.PresenceBatch;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.cluster.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Applies batches from the stream to the view, and tells this instance's leader that something changed. A batch of
 * another protocol version is reported and ignored.
 */
@Component("presenceChanges")
final class PresenceConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(PresenceConsumer.class);

    /** The first bytes of every batch of this protocol version. */
    private static final byte[] OURS = ("{\"v\":" + Protocol.VERSION + ",").getBytes(StandardCharsets.UTF_8);

    private final ViewKeeper keeper;
    private final PresenceLeader leader;
    private final ForeignProtocols foreign;
    private final JsonMapper json;
    private final String self;
    /** The first bytes of this instance's own batches, which need not be parsed. */
    private final byte[] own;

    PresenceConsumer(
            ViewKeeper keeper, PresenceLeader leader, ForeignProtocols foreign, JsonMapper json, InstanceName self) {
        this.keeper = keeper;
        this.leader = leader;
        this.foreign = foreign;
        this.json = json;
        this.self = self.value();
        this.own = ("{\"v\":" + Protocol.VERSION + ",\"i\":\"" + this.self + "\",").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void accept(Message<byte[]> message) {
        leader.onChange();
        byte[] payload = message.getPayload();
        if (startsWith(payload, own)) {
            return;
        }
        try {
            if (isForeign(payload)) {
                return;
            }
            PresenceBatch batch = json.readValue(payload, PresenceBatch.class);
            if (!self.equals(batch.instance())) {
                keeper.onBatch(batch);
            }
        } catch (JacksonException e) {
            log.warn("Ignoring a record of the stream presence: it cannot be read");
        }
    }

    private boolean isForeign(byte[] payload) {
        if (startsWith(payload, OURS)) {
            return false;
        }
        JsonNode batch = json.readTree(payload);
        String version = batch.path("v").asString("");
        if (version.equals(String.valueOf(Protocol.VERSION))) {
            return false;
        }
        foreign.report("presence batch", batch.path("i").asString(""), version);
        return true;
    }

    private static boolean startsWith(byte[] payload, byte[] beginning) {
        return payload.length >= beginning.length
                && Arrays.equals(payload, 0, beginning.length, beginning, 0, beginning.length);
    }
}
