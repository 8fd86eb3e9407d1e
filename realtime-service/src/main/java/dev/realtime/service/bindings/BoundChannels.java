package dev.realtime.service.bindings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ProducerProperties;
import org.springframework.cloud.stream.binding.NewDestinationBindingCallback;
import org.springframework.messaging.MessageChannel;
import org.springframework.stereotype.Component;

/**
 * Captures the channel that Spring Cloud Stream creates for a binding's first message and otherwise does not expose.
 */
@Component
final class BoundChannels implements NewDestinationBindingCallback<Object> {

    private final Map<String, MessageChannel> channels = new ConcurrentHashMap<>();

    @Override
    public void configure(
            String binding, MessageChannel channel, ProducerProperties properties, @Nullable Object extended) {
        channels.put(binding, channel);
    }

    @Nullable
    MessageChannel of(String binding) {
        return channels.get(binding);
    }
}
