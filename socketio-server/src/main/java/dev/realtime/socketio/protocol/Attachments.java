package dev.realtime.socketio.protocol;

import java.util.BitSet;
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
 * Binary data within JSON: on the wire, each attachment is a message of its own, and
 * {@code {"_placeholder":true,"num":n}} takes its place in the JSON.
 */
final class Attachments {

    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Attachments() {}

    /** @throws ProtocolException unless each attachment has exactly one placeholder */
    static void requirePlaces(JsonNode node, int attachments) throws ProtocolException {
        BitSet places = new BitSet();
        collectPlaces(node, attachments, places);
        if (places.cardinality() != attachments) {
            throw new ProtocolException("attachment without a placeholder");
        }
    }

    private static void collectPlaces(JsonNode node, int attachments, BitSet places) throws ProtocolException {
        if (!isPlaceholder(node)) {
            for (JsonNode child : node) {
                collectPlaces(child, attachments, places);
            }
            return;
        }
        JsonNode number = node.path(NUMBER);
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments) {
            throw new ProtocolException("placeholder without an attachment");
        }
        if (places.get(number.intValue())) {
            throw new ProtocolException("more than one placeholder for an attachment");
        }
        places.set(number.intValue());
    }

    /** Like the stock parser: only the boolean true marks a placeholder. */
    private static boolean isPlaceholder(JsonNode node) {
        JsonNode mark = node.path(PLACEHOLDER);
        return node.isObject() && mark.isBoolean() && mark.booleanValue();
    }

    /** Replaces the placeholders by their attachments; each attachment has exactly one. */
    static JsonNode putBack(JsonNode node, List<byte[]> attachments) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, putBack(array.get(i), attachments));
            }
            return array;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (isPlaceholder(object)) {
            return NODES.binaryNode(attachments.get(object.path(NUMBER).intValue()));
        }
        for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
            object.set(member.getKey(), putBack(member.getValue(), attachments));
        }
        return object;
    }

    /** Moves binary data into the list and leaves placeholders. */
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
