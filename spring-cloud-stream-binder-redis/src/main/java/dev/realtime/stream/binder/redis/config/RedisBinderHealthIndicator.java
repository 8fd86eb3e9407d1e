package dev.realtime.stream.binder.redis.config;

import dev.realtime.stream.binder.redis.StreamSubscription;
import dev.realtime.stream.binder.redis.binder.RedisMessageChannelBinder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Down if Redis does not answer, or if a reader that should be reading has had no answer for too long. An open
 * connection and a successful PING prove nothing about a reader.
 */
final class RedisBinderHealthIndicator extends AbstractHealthIndicator {

    private final RedisMessageChannelBinder binder;
    private final Duration timeout;

    RedisBinderHealthIndicator(RedisMessageChannelBinder binder, Duration timeout) {
        super("The health of the Redis binder could not be determined");
        this.binder = binder;
        this.timeout = timeout;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<StreamSubscription> readers = binder.getSubscriptions().all();
        List<Map<String, Object>> details = readers.stream().map(this::details).toList();
        boolean answers = binder.answers();
        boolean deaf = readers.stream().anyMatch(this::isDeaf);
        health.status(answers && !deaf ? Status.UP : Status.DOWN)
                .withDetail("redis", answers ? "answers" : "does not answer")
                .withDetail("readers", details);
    }

    private boolean isDeaf(StreamSubscription reader) {
        return !reader.isPaused()
                && !reader.isHandling()
                && reader.sinceLastPoll().compareTo(timeout) > 0;
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
        details.put("deaf", isDeaf(reader));
        details.put("lastPollMillis", reader.sinceLastPoll().toMillis());
        return details;
    }
}
