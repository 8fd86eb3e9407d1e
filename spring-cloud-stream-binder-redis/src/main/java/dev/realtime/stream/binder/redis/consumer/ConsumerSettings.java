package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer's binding reads and how.
 *
 * @param loop what all its threads have in common
 * @param streams keys of the streams
 * @param group name of the consumer group, {@code null} for an anonymous consumer
 * @param concurrency how many threads read each stream; more than one gives up the order, and needs a group
 * @param batchMode whether entries are handed over by the list
 * @param withHeaders whether headers that came with an entry are of use
 * @param properties the rest
 */
public record ConsumerSettings(
        LoopSettings loop,
        List<String> streams,
        @Nullable String group,
        int concurrency,
        boolean batchMode,
        boolean withHeaders,
        RedisConsumerProperties properties) {}
