package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.SendOutcomeUnknownException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The asynchronous sends of one binding that have no outcome yet. None is left behind by a stop. */
final class PendingSends {

    /** Sends, and what completes once their outcome was reported. */
    private final Map<CompletableFuture<?>, CompletableFuture<?>> sends = new ConcurrentHashMap<>();

    void add(CompletableFuture<?> sending, CompletableFuture<?> reported) {
        sends.put(sending, reported);
        reported.whenComplete((outcome, failure) -> sends.remove(sending));
    }

    /** Waits until all outcomes were reported; the outcome of a send that takes longer is unknown. */
    void await(Duration most) {
        if (reported(most)) {
            return;
        }
        sends.keySet()
                .forEach(sending -> sending.completeExceptionally(
                        new SendOutcomeUnknownException("The application stopped before Redis answered", null)));
        // The time that listeners have for the outcomes.
        reported(most);
    }

    private boolean reported(Duration most) {
        try {
            CompletableFuture.allOf(sends.values().toArray(CompletableFuture<?>[]::new))
                    .get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failures) {
            // All of them have an outcome.
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
