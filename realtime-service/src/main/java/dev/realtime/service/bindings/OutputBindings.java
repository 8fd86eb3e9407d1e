package dev.realtime.service.bindings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeTypeUtils;

/**
 * Sends JSON to a binding. The first message goes through {@link StreamBridge}, which creates the binding; all others
 * go straight to the binding's channel. The bridge runs every message of every binding through one function under one
 * lock, which is pure cost for bytes that need no conversion.
 *
 * <p>Thread-safe.
 */
@Component
public final class OutputBindings {

    private final StreamBridge bridge;
    private final BoundChannels made;
    private final Map<String, MessageChannel> bound = new ConcurrentHashMap<>();

    OutputBindings(StreamBridge bridge, BoundChannels made) {
        this.bridge = bridge;
        this.made = made;
    }

    /**
     * Sends a message. A synchronous binding has its answer when this method returns.
     *
     * @param json a message whose payload is JSON in UTF-8
     * @throws RuntimeException the reason why the message was not sent
     */
    public void send(String binding, MessageBuilder<byte[]> json) {
        Message<byte[]> message = json.setHeader(MessageHeaders.CONTENT_TYPE, MimeTypeUtils.APPLICATION_JSON_VALUE)
                .build();
        MessageChannel channel = bound.get(binding);
        if (channel != null) {
            channel.send(message);
            return;
        }
        bridge.send(binding, message);
        MessageChannel now = made.of(binding);
        if (now != null) {
            // Stored only now: the callback receives the channel before anything is bound to it.
            bound.put(binding, now);
        }
    }
}
