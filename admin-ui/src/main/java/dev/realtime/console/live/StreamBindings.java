package dev.realtime.console.live;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.DefaultRooms;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.StreamHeaders;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console's bindings to the streams: every event, and changes of presence. */
@Configuration(proxyBeanMethods = false)
class StreamBindings {

    private static final Logger log = LoggerFactory.getLogger(StreamBindings.class);

    @Bean
    Consumer<Message<byte[]>> eventFeedIn(EventFeed feed, JsonMapper json) {
        return message -> {
            if (StreamHeaders.CANARY.equals(message.getHeaders().get(StreamHeaders.EVENT))) {
                return;
            }
            try {
                feed.add(read(message, json), Instant.now());
            } catch (JacksonException | IllegalArgumentException e) {
                // The gateway ignores such a record too and logs it.
                log.debug("Ignoring a record that is not a valid event", e);
            }
        };
    }

    @Bean
    Consumer<Message<byte[]>> presenceFeedIn(PresenceFeed presence) {
        return message -> presence.changed();
    }

    private static FeedEvent read(Message<byte[]> message, JsonMapper json) {
        String id = String.valueOf(message.getHeaders().get(RedisBinderHeaders.STREAM_ID));
        String name = String.valueOf(message.getHeaders().get(StreamHeaders.EVENT));
        BroadcastEvent event = BroadcastEvent.ofWireName(name)
                .orElseThrow(() -> new IllegalArgumentException("Unknown event " + name));
        JsonNode payload = json.readTree(message.getPayload());
        List<Room> to = message.getHeaders().get(StreamHeaders.ROOMS) instanceof List<?> printed
                ? printed.stream().map(room -> Room.parse(String.valueOf(room))).toList()
                : DefaultRooms.of(event, field -> text(payload, field));
        Instant at = Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
        return new FeedEvent(
                id,
                at,
                name,
                to,
                subject(event, payload),
                message.getPayload().length,
                EventFacts.of(field -> text(payload, field)));
    }

    private static String subject(BroadcastEvent event, JsonNode payload) {
        String field = event == BroadcastEvent.NOTIFICATION ? "severity" : event.requiredField();
        String text = text(payload, field);
        return text == null ? "" : text;
    }

    private static @Nullable String text(JsonNode payload, String field) {
        JsonNode value = payload.get(field);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }
}
