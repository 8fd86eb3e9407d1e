package dev.realtime.stream.binder.redis;

import org.springframework.integration.acks.AcknowledgmentCallback;

/** The acknowledgement that the binder puts into a message's headers. Only the first call has an effect. Thread-safe. */
public interface StreamAcknowledgment extends AcknowledgmentCallback {

    /**
     * The message failed: it becomes a dead letter with this failure if the binding has a dead letter stream, otherwise
     * it stays pending and is delivered again after {@code claim-min-idle}. Waits for Redis.
     */
    void fail(Throwable failure);
}
