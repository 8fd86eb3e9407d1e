package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import dev.realtime.stream.binder.redis.connection.Failures;
import dev.realtime.stream.binder.redis.consumer.DeadLetterStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Down if Redis does not answer, or if a reader that should be reading has made no progress for too long. An open
 * connection and a successful PING prove nothing about a reader.
 */
final class RedisBinderHealthIndicator extends AbstractHealthIndicator {

    private final RedisMessageChannelBinder binder;

    RedisBinderHealthIndicator(RedisMessageChannelBinder binder) {
        super("The health of the Redis binder could not be determined");
        this.binder = binder;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<StreamSubscription> readers = binder.getSubscriptions().all();
        List<Map<String, Object>> details = readers.stream().map(this::details).toList();
        List<String> silent = binder.silentServers();
        boolean answers = silent.isEmpty();
        boolean alive = readers.stream().allMatch(StreamSubscription::isAlive);
        health.status(answers && alive ? Status.UP : Status.DOWN)
                .withDetail("redis", answers ? "answers" : "does not answer")
                .withDetail("silent", silent)
                .withDetail("readers", details);
        List<DeadLetterStream> deadLetters = binder.deadLetterStreams();
        if (!deadLetters.isEmpty()) {
            // Dead letters need a person, not a restart: the status stays as it is.
            health.withDetail(
                    "deadLetters",
                    deadLetters.stream()
                            .map(it -> Map.of("stream", it.key(), "length", it.length(), "alarm", it.isAlarming()))
                            .toList());
        }
    }

    private Map<String, Object> details(StreamSubscription reader) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("binding", reader.bindingName());
        details.put("stream", reader.stream());
        String group = reader.group();
        if (group != null) {
            details.put("group", group);
        }
        details.put("connected", reader.isConnected());
        details.put("started", reader.isStarted());
        details.put("alive", reader.isAlive());
        details.put("handling", reader.isHandling());
        details.put("lastPollMillis", reader.sinceLastPoll().toMillis());
        Throwable failure = reader.failure();
        if (failure != null) {
            details.put("failure", Failures.summary(failure));
        }
        return details;
    }
}
