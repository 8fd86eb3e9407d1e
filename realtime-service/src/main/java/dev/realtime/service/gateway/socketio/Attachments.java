package dev.realtime.service.gateway.socketio;

import dev.realtime.service.gateway.engineio.EngineException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * Binary data within JSON: on the wire it stands beside the JSON, in messages of its own, and {@code
 * {"_placeholder":true,"num":n}} stands for it.
 */
final class Attachments {

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Attachments() {}

    /** Puts attachments into the places that stand for them. */
    static JsonNode putBack(JsonNode node, List<byte[]> attachments) throws EngineException {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, putBack(array.get(i), attachments));
            }
            return array;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.path(PLACEHOLDER).asBoolean(false)) {
            JsonNode number = object.path(NUMBER);
            if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
                throw new EngineException("a placeholder for no attachment");
            }
            return NODES.binaryNode(attachments.get(number.intValue()));
        }
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
            object.set(member.getKey(), putBack(member.getValue(), attachments));
        }
        return object;
    }

    /** Takes binary data out, into the list, and leaves placeholders. */
    static JsonNode takeOut(JsonNode node, List<byte[]> attachments) {
        byte[] binary = binary(node);
        if (binary != null) {
            attachments.add(binary);
            return NODES.objectNode().put(PLACEHOLDER, true).put(NUMBER, attachments.size() - 1);
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, takeOut(array.get(i), attachments));
            }
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                object.set(member.getKey(), takeOut(member.getValue(), attachments));
            }
        }
        return node;
    }

    private static byte @Nullable [] binary(JsonNode node) {
        if (node instanceof BinaryNode binary) {
            return binary.binaryValue();
        }
        return node instanceof POJONode pojo && pojo.getPojo() instanceof byte[] bytes ? bytes : null;
    }
}
