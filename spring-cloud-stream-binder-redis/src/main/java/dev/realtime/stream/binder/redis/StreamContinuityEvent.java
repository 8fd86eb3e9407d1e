package dev.realtime.stream.binder.redis;

import org.springframework.context.ApplicationEvent;

/**
 * What a consumer has read and what the server holds do not fit together. Published on the thread that reads the stream,
 * before the next message is handed over.
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

    /** Who noticed. */
    public StreamSubscription subscription() {
        return subscription;
    }

    /** Key of the stream. */
    public String stream() {
        return subscription.stream();
    }

    /** Last id read: what the stream should still know. */
    public String expectedId() {
        return expectedId;
    }

    /** What the stream has instead. */
    public String foundId() {
        return foundId;
    }

    /** How many entries are concerned, or -1 when the server cannot tell. */
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
