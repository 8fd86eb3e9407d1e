package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.RedisBinderHeaders;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.wire.RecordCodec;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.util.Map;
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

/**
 * Hands a message to the binding's channel, as often as the binding's attempts allow, and then to whoever deals with
 * failures.
 */
final class Delivery {

    /** What became of a message. */
    enum Outcome {
        /** The application took it. */
        HANDLED,
        /** It failed, and somebody dealt with that. */
        RECOVERED,
        /** It failed, and should come again. */
        FAILED
    }

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final Consumer<Message<?>> channel;
    private final RetryTemplate retries;
    private final RecoveryCallback<?> recovery;
    private final boolean withHeaders;

    /**
     * @param channel where messages go; throws what the application throws
     * @param retries how often
     * @param recovery gets what failed for good; throws when nobody deals with it
     * @param withHeaders whether headers that came with an entry are of use
     */
    Delivery(Consumer<Message<?>> channel, RetryTemplate retries, RecoveryCallback<?> recovery, boolean withHeaders) {
        this.channel = channel;
        this.retries = retries;
        this.recovery = recovery;
        this.withHeaders = withHeaders;
    }

    /** For those who hand messages over themselves. */
    static Delivery messagesOnly(boolean withHeaders) {
        return new Delivery(message -> {}, new RetryTemplate(), (attributes, failure) -> failure, withHeaders);
    }

    /** The message an entry stands for. */
    MessageBuilder<byte[]> message(StreamRecord entry, long deliveries) {
        MessageBuilder<byte[]> message = MessageBuilder.withPayload(entry.payload());
        if (withHeaders) {
            message.copyHeaders(RecordCodec.headers(entry));
        }
        message.setHeader(RedisBinderHeaders.STREAM_ID, entry.id())
                .setHeader(RedisBinderHeaders.STREAM, entry.stream())
                .setHeader(IntegrationMessageHeaderAccessor.SOURCE_DATA, entry);
        return deliveries == 0 ? message : message.setHeader(RedisBinderHeaders.DELIVERY_COUNT, deliveries);
    }

    /** The headers an entry's message has, for the list of a batch. */
    Map<String, Object> headers(StreamRecord entry, long deliveries) {
        return message(entry, deliveries).build().getHeaders();
    }

    /**
     * Hands it over.
     *
     * @return what became of it
     */
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
            log.debug("Why it failed", failure);
            return Outcome.FAILED;
        }
    }
}
