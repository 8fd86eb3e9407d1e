package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.StreamId;
import dev.realtime.stream.binder.redis.properties.AckMode;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.StartOffset;
import java.time.Duration;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * How a group is read.
 *
 * @param group name of the group
 * @param startId id after which a new group starts
 * @param batchSize the most entries of one read
 * @param block how long the server blocks a read that finds nothing; zero for not at all
 * @param ackMode when entries are acknowledged
 * @param claimMinIdle how long an entry may stay pending before another consumer takes it over
 * @param claimInterval how often to look for entries to take over
 * @param enableClaims whether entries of other consumers are taken over
 * @param maxDeliveries how often an entry is delivered before the binder gives up
 * @param deadConsumerTimeout idle time after which a consumer without pending entries is removed
 */
public record GroupSettings(
        String group,
        String startId,
        int batchSize,
        Duration block,
        AckMode ackMode,
        Duration claimMinIdle,
        Duration claimInterval,
        boolean enableClaims,
        long maxDeliveries,
        Duration deadConsumerTimeout) {

    private static final String NEWEST = "$";

    private static final int MAX_DELIVERIES_BEFORE_DEAD_LETTER = 10;

    /** Refuses invalid settings. */
    public GroupSettings {
        Assert.isTrue(batchSize > 0, "batch-size must be 1 or more");
        Assert.isTrue(claimMinIdle.toNanos() > 0, "claim-min-idle must be positive");
        Assert.isTrue(claimInterval.toNanos() > 0, "claim-interval must be positive");
        Assert.isTrue(
                deadConsumerTimeout.compareTo(claimMinIdle) > 0, "dead-consumer-timeout must exceed claim-min-idle");
    }

    /** Settings from a binding's properties. */
    public static GroupSettings of(String group, Duration block, RedisConsumerProperties properties) {
        Assert.isTrue(
                properties.isEnableClaims() || StringUtils.hasText(properties.getConsumerName()),
                "enable-claims=false needs a consumer-name: with a new name at each start, nobody would ever read what"
                        + " a crash leaves pending");
        return new GroupSettings(
                group,
                properties.getStartOffset() == StartOffset.LATEST ? NEWEST : StreamId.ZERO,
                properties.getBatchSize(),
                block,
                properties.getAckMode(),
                properties.getClaimMinIdle(),
                properties.getClaimInterval(),
                properties.isEnableClaims(),
                maxDeliveries(properties),
                properties.getDeadConsumerTimeout());
    }

    /** The same settings with one entry per read, so that entries not yet polled stay available to other consumers. */
    GroupSettings oneByOne() {
        return new GroupSettings(
                group,
                startId,
                1,
                block,
                ackMode,
                claimMinIdle,
                claimInterval,
                enableClaims,
                maxDeliveries,
                deadConsumerTimeout);
    }

    private static long maxDeliveries(RedisConsumerProperties properties) {
        Integer configured = properties.getMaxDeliveries();
        if (configured == null) {
            return properties.isEnableDlq() ? MAX_DELIVERIES_BEFORE_DEAD_LETTER : Long.MAX_VALUE;
        }
        Assert.isTrue(configured >= 0, "max-deliveries must be 0 (no limit) or more");
        return configured == 0 ? Long.MAX_VALUE : configured;
    }
}
