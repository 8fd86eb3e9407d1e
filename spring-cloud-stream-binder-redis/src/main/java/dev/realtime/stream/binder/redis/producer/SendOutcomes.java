package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.RecordMetadata;
import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.connection.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.ErrorMessage;

/**
 * Reports the outcome of messages to everybody but the sender.
 *
 * @param errors receives an {@link ErrorMessage} for each failure
 * @param metadata receives each message that was sent, with its {@link RecordMetadata} as a header
 * @param confirms receives each message that was sent, as a payload
 * @param executor runs the listeners after an asynchronous send; not the connection's event loop
 */
public record SendOutcomes(
        @Nullable MessageChannel errors,
        @Nullable MessageChannel metadata,
        @Nullable MessageChannel confirms,
        Executor executor) {

    private static final Logger log = LoggerFactory.getLogger(SendOutcomes.class);

    void sent(Message<?> message, RecordMetadata where) {
        CompletableFuture<RecordMetadata> future = RedisStreamMessageHandler.future(message);
        if (future != null) {
            future.complete(where);
        }
        if (metadata != null) {
            tell(
                    metadata,
                    MessageBuilder.fromMessage(message)
                            .setHeader(RedisBinderHeaders.RECORD_METADATA, where)
                            .build());
        }
        if (confirms != null) {
            tell(
                    confirms,
                    MessageBuilder.withPayload(message)
                            .setHeader(RedisBinderHeaders.PUBLISH_CONFIRM, true)
                            .setHeader(RedisBinderHeaders.RECORD_METADATA, where)
                            .build());
        }
    }

    MessagingException failed(Message<?> message, MessagingException failure) {
        CompletableFuture<RecordMetadata> future = RedisStreamMessageHandler.future(message);
        if (future != null) {
            Throwable cause = failure.getCause();
            future.completeExceptionally(cause == null ? failure : cause);
        }
        if (errors != null) {
            tell(errors, new ErrorMessage(failure, message));
        }
        return failure;
    }

    /** The outcome is final: a failing listener must not change it. */
    private static void tell(MessageChannel channel, Message<?> message) {
        try {
            channel.send(message);
        } catch (RuntimeException failure) {
            log.warn("A listener on {} failed to handle an outcome: {}", channel, Failures.summary(failure));
            log.debug("Cause of the failure", failure);
        }
    }
}
