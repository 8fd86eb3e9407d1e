package dev.realtime.stream.binder.redis;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.integration.StaticMessageHeaderAccessor;
import org.springframework.integration.acks.AcknowledgmentCallback;
import org.springframework.messaging.Message;
import org.springframework.util.Assert;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reactive functions that acknowledge each message when its handling completes.
 *
 * <p>Spring Cloud Stream gives a reactive function one endless flux. The binder cannot see which message of it the
 * function has finished, so a function must say so. These do: they call a handler for each message, and acknowledge the
 * message once the handler's publisher has completed and its elements were sent. If the publisher fails, the message
 * becomes a dead letter or is delivered again, and the flux goes on.
 *
 * <pre>{@code
 * @Bean
 * Function<Flux<Message<Order>>, Flux<Invoice>> billing() {
 *     return ReactiveFunctions.acknowledging(16, message -> bill(message.getPayload()));
 * }
 * }</pre>
 */
public final class ReactiveFunctions {

    private static final Logger log = LoggerFactory.getLogger(ReactiveFunctions.class);

    private ReactiveFunctions() {}

    /**
     * A function for a binding with an input and an output.
     *
     * @param concurrency the most messages handled at a time; with 1, the order is kept
     * @param handler handles one message; retries are its own affair
     */
    public static <T, R> Function<Flux<Message<T>>, Flux<R>> acknowledging(
            int concurrency, Function<Message<T>, ? extends Publisher<R>> handler) {
        return new Acknowledging<>(concurrency, handler);
    }

    /**
     * A function for a binding with an input only.
     *
     * @param concurrency the most messages handled at a time; with 1, the order is kept
     * @param handler handles one message; retries are its own affair
     */
    public static <T> Consumer<Flux<Message<T>>> acknowledgingConsumer(
            int concurrency, Function<Message<T>, ? extends Publisher<?>> handler) {
        return new AcknowledgingConsumer<>(new Acknowledging<>(
                concurrency, message -> Flux.from(handler.apply(message)).then(Mono.empty())));
    }

    /** How many messages the function handles at a time; 0 if it does not acknowledge them itself. */
    public static int concurrencyOf(Object function) {
        if (function instanceof Acknowledging<?, ?> one) {
            return one.concurrency;
        }
        return function instanceof AcknowledgingConsumer<?> other ? other.function.concurrency : 0;
    }

    private record AcknowledgingConsumer<T>(Acknowledging<T, Object> function) implements Consumer<Flux<Message<T>>> {

        @Override
        public void accept(Flux<Message<T>> messages) {
            function.apply(messages).subscribe();
        }
    }

    private record Acknowledging<T, R>(int concurrency, Function<Message<T>, ? extends Publisher<R>> handler)
            implements Function<Flux<Message<T>>, Flux<R>> {

        private Acknowledging {
            Assert.isTrue(concurrency > 0, "concurrency must be 1 or more");
        }

        @Override
        public Flux<R> apply(Flux<Message<T>> messages) {
            // The end of a message travels behind its elements, so that these have been sent when it arrives.
            return messages.<Step<R>>flatMap(this::handle, concurrency, 1).<R>handle((step, sink) -> {
                if (step.element() != null) {
                    sink.next(step.element());
                } else if (step.done() != null) {
                    accept(step.done());
                }
            });
        }

        private Flux<Step<R>> handle(Message<T> message) {
            AcknowledgmentCallback callback = StaticMessageHeaderAccessor.getAcknowledgmentCallback(message);
            return Flux.<R>defer(() -> handler.apply(message))
                    .map(element -> new Step<>(element, null))
                    .concatWith(Mono.fromSupplier(() -> new Step<>(null, callback)))
                    .onErrorResume(failure -> failed(message, callback, failure));
        }

        private static void accept(AcknowledgmentCallback callback) {
            try {
                callback.acknowledge(AcknowledgmentCallback.Status.ACCEPT);
            } catch (RuntimeException later) {
                // There is no connection: the binder repeats it after the next connect.
                log.debug("Not acknowledged yet", later);
            }
        }

        private static <R> Mono<Step<R>> failed(
                Message<?> message, @Nullable AcknowledgmentCallback callback, Throwable failure) {
            log.error(
                    "Message {} of {} failed: {}",
                    message.getHeaders().get(RedisBinderHeaders.STREAM_ID),
                    message.getHeaders().get(RedisBinderHeaders.STREAM),
                    failure.toString());
            log.debug("Cause of the failure", failure);
            return Mono.<Step<R>>fromRunnable(() -> {
                        if (callback instanceof StreamAcknowledgment mine) {
                            mine.fail(failure);
                        }
                    })
                    .subscribeOn(Schedulers.boundedElastic())
                    .onErrorResume(refused -> {
                        log.error("Its failure could not be reported: {}", refused.toString());
                        return Mono.empty();
                    });
        }
    }

    /** An element of a message, or its end. */
    private record Step<R>(@Nullable R element, @Nullable AcknowledgmentCallback done) {}
}
