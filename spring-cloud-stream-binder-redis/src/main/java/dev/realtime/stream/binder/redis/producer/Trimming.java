package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.connection.Script;
import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.properties.TrimPolicy;
import dev.realtime.stream.binder.redis.wire.StreamId;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import io.lettuce.core.ScriptOutputType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.Assert;

/** What an XADD says about trimming. */
final class Trimming {

    private static final Logger log = LoggerFactory.getLogger(Trimming.class);

    private static final Script TRIM_ACKNOWLEDGED =
            new Script(Trimming.class, "trim-acknowledged.lua", ScriptOutputType.INTEGER);

    private static final long INTERVAL_MILLIS = 1000;

    private final Map<String, Long> trimmedAt = new ConcurrentHashMap<>();

    private final long maxLen;
    private final @Nullable Duration retention;
    private final TrimPolicy policy;
    private final Clock clock;

    Trimming(RedisProducerProperties properties, Clock clock) {
        this.maxLen = properties.getMaxLen();
        this.retention = properties.getRetention();
        this.policy = properties.getTrimPolicy();
        this.clock = clock;
        Assert.isTrue(maxLen >= 0, "max-len must be 0 or more");
        Assert.isTrue(maxLen == 0 || retention == null, "Set max-len or retention, not both");
        Assert.isTrue(
                retention == null || retention.toMillis() > 0,
                () -> "retention must be 1 ms or more, not " + retention);
    }

    /** Arguments between the key and the id; empty when nothing is to be trimmed along with the entry. */
    List<byte[]> arguments() {
        if (policy == TrimPolicy.UNACKNOWLEDGED) {
            return List.of();
        }
        String precision = policy == TrimPolicy.EXACT ? "=" : "~";
        if (maxLen > 0) {
            return arguments("MAXLEN", precision, Long.toString(maxLen));
        }
        return retention == null
                ? List.of()
                : arguments("MINID", precision, Long.toString(clock.millis() - retention.toMillis()));
    }

    /** Trims what all groups are done with, once a second at most; a failure is left to the next time. */
    void afterwards(String stream, SharedLink shared) {
        if (policy != TrimPolicy.UNACKNOWLEDGED || maxLen == 0 && retention == null || !due(stream)) {
            return;
        }
        String oldest = retention == null ? StreamId.ZERO : clock.millis() - retention.toMillis() + "-0";
        byte[][] args = {StreamKeys.bytes(Long.toString(maxLen)), StreamKeys.bytes(oldest)};
        try {
            TRIM_ACKNOWLEDGED
                    .<Long>run(shared.require().commands(), new byte[][] {StreamKeys.bytes(stream)}, args)
                    .whenComplete((trimmed, failure) -> log.debug("Trimmed {} from {}", trimmed, stream, failure));
        } catch (RuntimeException noConnection) {
            log.debug("{} is trimmed later", stream, noConnection);
        }
    }

    /** As many streams as the destination has partitions. */
    private boolean due(String stream) {
        long now = clock.millis();
        Long before = trimmedAt.putIfAbsent(stream, now);
        return before == null || now - before >= INTERVAL_MILLIS && trimmedAt.replace(stream, before, now);
    }

    private static List<byte[]> arguments(String strategy, String precision, String threshold) {
        return List.of(StreamKeys.bytes(strategy), StreamKeys.bytes(precision), StreamKeys.bytes(threshold));
    }
}
