package dev.realtime.stream.binder.redis.producer;

import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.properties.TrimPolicy;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/** What an XADD says about trimming. */
final class Trimming {

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

    private static List<byte[]> arguments(String strategy, String precision, String threshold) {
        return List.of(StreamKeys.bytes(strategy), StreamKeys.bytes(precision), StreamKeys.bytes(threshold));
    }
}
