package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamContinuityEvent;
import dev.realtime.stream.binder.redis.StreamGapEvent;
import dev.realtime.stream.binder.redis.StreamRollbackEvent;
import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.properties.OnGap;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.Assert;

/** Reports what a reader observes to the application, the meters and the log. */
final class LoopEvents implements GroupEvents {

    private static final Logger log = LoggerFactory.getLogger(LoopEvents.class);

    private final OnGap onGap;
    private final StreamMetrics metrics;
    private final ApplicationEventPublisher publisher;
    private final @Nullable DeadLetters deadLetters;
    private @Nullable ReadLoop loop;

    LoopEvents(
            OnGap onGap,
            StreamMetrics metrics,
            ApplicationEventPublisher publisher,
            @Nullable DeadLetters deadLetters) {
        this.onGap = onGap;
        this.metrics = metrics;
        this.publisher = publisher;
        this.deadLetters = deadLetters;
    }

    /** Sets the reader of these events, which is created after this object. */
    void about(ReadLoop reading) {
        this.loop = reading;
    }

    @Override
    public void gap(String expectedId, String foundId, long entries) {
        if (entries > 0) {
            metrics.count(Event.MISSED, loop(), entries);
        }
        tell(Event.GAP, subscription -> new StreamGapEvent(subscription, expectedId, foundId, entries));
    }

    @Override
    public void rollback(String expectedId, String foundId, long entries) {
        tell(Event.ROLLBACK, subscription -> new StreamRollbackEvent(subscription, expectedId, foundId, entries));
    }

    @Override
    public void reconnected() {
        metrics.count(Event.RECONNECT, loop(), 1);
    }

    @Override
    public void claimed(long entries) {
        log.info("Claimed {} pending entries: {}", entries, loop());
        metrics.count(Event.CLAIM, loop(), entries);
    }

    @Override
    public void lostPending(long entries) {
        log.error("{} entries were trimmed before they were acknowledged: {}", entries, loop());
        metrics.count(Event.LOST_PENDING, loop(), entries);
    }

    @Override
    public void groupRecreated() {
        log.warn("The group had disappeared and was created again: {}", loop());
        metrics.count(Event.GROUP_RECREATED, loop(), 1);
    }

    @Override
    public boolean giveUp(StreamRecord entry, long deliveries) {
        if (deadLetters == null) {
            log.error("Discarding entry {} after {} deliveries without an acknowledgement", entry, deliveries);
            metrics.count(Event.DISCARDED, loop(), 1);
            return true;
        }
        try {
            deadLetters.publish(entry, deliveries, new DeliveriesExhaustedException(deliveries));
            return true;
        } catch (RuntimeException failure) {
            log.warn("Entry {} stays pending: its dead letter could not be published: {}", entry, failure.toString());
            return false;
        }
    }

    private void tell(Event what, Function<StreamSubscription, StreamContinuityEvent> event) {
        StreamContinuityEvent toTell = event.apply(loop());
        log.warn("{}", toTell);
        metrics.count(what, loop(), 1);
        try {
            publisher.publishEvent(toTell);
        } catch (RuntimeException failure) {
            // A failing listener must not stop the reader.
            log.warn("A listener of {} failed", toTell, failure);
        }
        if (onGap == OnGap.STOP) {
            log.error("Stopping the reader because of on-gap=stop: {}", loop());
            loop().requestStop();
        }
    }

    private ReadLoop loop() {
        ReadLoop reading = loop;
        Assert.state(reading != null, "There is no reader yet");
        return reading;
    }
}
