package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.integration.IntegrationMessageHeaderAccessor;
import org.springframework.integration.core.RecoveryCallback;
import org.springframework.integration.support.ErrorMessageUtils;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;

/** Hands a message to the binding's channel, up to the binding's number of attempts, and then to the recovery. */
final class Delivery {

    /** The outcome of a delivery. */
    enum Outcome {
        /** The application handled the message. */
        HANDLED,
        /** The application failed, and the recovery dealt with it. */
        RECOVERED,
        /** The application failed, and the message should be delivered again. */
        FAILED
    }

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Consumer<Message<?>> channel;
    private final RetryTemplate retries;
    private final RecoveryCallback<?> recovery;
    private final boolean withHeaders;

    /**
     * @param channel receives messages; throws what the application throws
     * @param retries how often to try
     * @param recovery receives messages whose attempts are used up; throws if it does not deal with them
     * @param withHeaders whether messages get the headers of their entries
     */
    Delivery(Consumer<Message<?>> channel, RetryTemplate retries, RecoveryCallback<?> recovery, boolean withHeaders) {
        this.channel = channel;
        this.retries = retries;
        this.recovery = recovery;
        this.withHeaders = withHeaders;
    }

    /** Only creates messages, for callers that hand them over themselves. */
    static Delivery messagesOnly(boolean withHeaders) {
        return new Delivery(message -> {}, new RetryTemplate(), (attributes, failure) -> failure, withHeaders);
    }

    /**
     * The message of an entry.
     *
     * @throws MessageConversionException if the entry's headers do not make a message, for example because its priority
     *     is not a number
     */
    MessageBuilder<byte[]> message(StreamRecord entry, long deliveries) {
        MessageBuilder<byte[]> message = withoutHeaders(entry, deliveries);
        if (withHeaders) {
            try {
                message.copyHeadersIfAbsent(RecordCodec.headers(entry));
            } catch (RuntimeException wrong) {
                throw new MessageConversionException(
                        "The headers of " + entry + " do not make a message: " + wrong.getMessage(), wrong);
            }
        }
        return message;
    }

    /** Hands an entry that does not make a message to the recovery: its payload, without its headers. */
    Outcome refuse(StreamRecord entry, long deliveries, MessageConversionException why) {
        return recover(withoutHeaders(entry, deliveries).build(), why);
    }

    private static MessageBuilder<byte[]> withoutHeaders(StreamRecord entry, long deliveries) {
        MessageBuilder<byte[]> message = MessageBuilder.withPayload(entry.payload());
        message.setHeader(RedisBinderHeaders.STREAM_ID, entry.id())
                .setHeader(RedisBinderHeaders.STREAM, entry.stream())
                .setHeader(IntegrationMessageHeaderAccessor.SOURCE_DATA, entry);
        return deliveries == 0 ? message : message.setHeader(RedisBinderHeaders.DELIVERY_COUNT, deliveries);
    }

    /** Hands a message over. */
    Outcome deliver(MessageBuilder<?> builder) {
        AtomicInteger attempts = new AtomicInteger();
        Message<?> message = builder.setHeader(IntegrationMessageHeaderAccessor.DELIVERY_ATTEMPT, attempts)
                .build();
        try {
            retries.<@Nullable Object>execute(() -> {
                attempts.incrementAndGet();
                channel.accept(message);
                return null;
            });
            return Outcome.HANDLED;
        } catch (RetryException exhausted) {
            return recover(message, exhausted.getCause() == null ? exhausted : exhausted.getCause());
        } catch (RuntimeException unexpected) {
            return recover(message, unexpected);
        }
    }

    private Outcome recover(Message<?> message, Throwable failure) {
        try {
            recovery.recover(ErrorMessageUtils.getAttributeAccessor(message, message), failure);
            return Outcome.RECOVERED;
        } catch (RuntimeException unhandled) {
            log.error(
                    "Message {} of {} failed: {}",
                    message.getHeaders().get(RedisBinderHeaders.STREAM_ID),
                    message.getHeaders().get(RedisBinderHeaders.STREAM),
                    Failures.summary(failure));
            log.debug("Cause of the failure", failure);
            return Outcome.FAILED;
        }
    }
}
