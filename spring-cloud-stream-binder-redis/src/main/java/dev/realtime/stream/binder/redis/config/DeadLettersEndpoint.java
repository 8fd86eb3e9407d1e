package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.DeadLetterRedrive;
import dev.realtime.stream.binder.redis.DeadLetterRedrive.Progress;
import dev.realtime.stream.binder.redis.DeadLetterRedrive.Request;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Dead letters by the actuator: GET tells how many there are, POST puts some back into the streams they came from.
 *
 * <p>{@code POST /actuator/redisdeadletters/orders.billing.dlq} with {@code {"limit": 100, "after": "<id>"}}, both
 * optional. Repeat it until the answer says {@code done}.
 */
@Endpoint(id = "redisdeadletters")
final class DeadLettersEndpoint {

    private static final int LIMIT = 1000;

    private final DeadLetterRedrive redrive;

    DeadLettersEndpoint(DeadLetterRedrive redrive) {
        this.redrive = redrive;
    }

    /** The length of a dead letter stream. */
    record DeadLetters(String destination, long length) {}

    @ReadOperation
    DeadLetters length(@Selector String destination) {
        return new DeadLetters(destination, redrive.length(destination));
    }

    @WriteOperation
    Progress redrive(@Selector String destination, @Nullable Integer limit, @Nullable String after) {
        return redrive.redrive(
                destination,
                new Request(limit == null ? LIMIT : Math.min(limit, LIMIT), after, letter -> true, progress -> {}));
    }
}
