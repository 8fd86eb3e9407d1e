package dev.realtime.stream.binder.redis;

import org.springframework.context.ApplicationEvent;

/**
 * What a consumer has read contradicts what the server holds. Published on the reading thread before the next message
 * is handed over.
 */
public abstract class StreamContinuityEvent extends ApplicationEvent {

    private final transient StreamSubscription subscription;
    private final String expectedId;
    private final String foundId;
    private final long entries;

    StreamContinuityEvent(StreamSubscription subscription, String expectedId, String foundId, long entries) {
        super(subscription);
        this.subscription = subscription;
        this.expectedId = expectedId;
        this.foundId = foundId;
        this.entries = entries;
    }

    /** The reader that detected it. */
    public StreamSubscription subscription() {
        return subscription;
    }

    /** Key of the stream. */
    public String stream() {
        return subscription.stream();
    }

    /** The last id read, which the stream should still know. */
    public String expectedId() {
        return expectedId;
    }

    /** What the stream has instead. */
    public String foundId() {
        return foundId;
    }

    /** Number of entries affected, or -1 if unknown. */
    public long entries() {
        return entries;
    }

    @Override
    public String toString() {
        return "%s[stream=%s, binding=%s, expectedId=%s, foundId=%s, entries=%d]"
                .formatted(
                        getClass().getSimpleName(), stream(), subscription.bindingName(), expectedId, foundId, entries);
    }
}
