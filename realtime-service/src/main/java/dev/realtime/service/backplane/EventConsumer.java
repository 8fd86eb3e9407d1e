package dev.realtime.service.backplane;

import dev.realtime.contracts.InvalidRoomException;
import dev.realtime.service.canary.CanaryReader;
import dev.realtime.service.deliveries.DeliveryLog;
import dev.realtime.service.fanout.FanOut;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.stereotype.Component;

/**
 * Passes events from the stream to the fan-out, in order. Any publisher can write into the stream, so events are
 * validated here as in the REST API: one event with broken UTF-8 would make every browser close its connection.
 */
@Component("events")
final class EventConsumer implements Consumer<Message<byte[]>> {

    private static final Logger log = LoggerFactory.getLogger(EventConsumer.class);

    private final FanOut fanOut;
    private final DeliveryLog deliveries;
    private final EventLatency latency;
    private final CanaryReader canaries;
    private final Counter consumed;
    private final Counter rejected;

    EventConsumer(
            FanOut fanOut, DeliveryLog deliveries, EventLatency latency, CanaryReader canaries, MeterRegistry meters) {
        this.fanOut = fanOut;
        this.deliveries = deliveries;
        this.latency = latency;
        this.canaries = canaries;
        this.consumed = Counter.builder("realtime.backplane.consumed")
                .description("Events read from the stream")
                .register(meters);
        this.rejected = Counter.builder("realtime.backplane.rejected")
                .description("Stream records that are not valid events")
                .register(meters);
    }

    @Override
    public void accept(Message<byte[]> message) {
        StreamId id = StreamId.parse(String.valueOf(message.getHeaders().get(RedisBinderHeaders.STREAM_ID)));
        if (CanaryReader.isCanary(message.getHeaders())) {
            fanOut.pass(id);
            canaries.take(message.getHeaders(), message.getPayload());
            return;
        }
        consumed.increment();
        try {
            deliver(id, message);
        } catch (InvalidPayloadException | InvalidRoomException e) {
            fanOut.pass(id);
            rejected.increment();
            log.warn("Ignoring stream record {}: not a valid event: {}", id, e.getMessage());
        }
    }

    private void deliver(StreamId id, Message<byte[]> message) throws InvalidPayloadException {
        // When Redis took the record: the same on every instance.
        Instant addedAt = Instant.ofEpochMilli(id.millis());
        StreamedEvent event = StreamedEvent.of(message.getHeaders(), message.getPayload(), id);
        int sockets = fanOut.deliver(event.at(id), event.members());
        latency.note(Duration.between(addedAt, Instant.now()));
        deliveries.note(id.toString(), sockets);
    }
}
