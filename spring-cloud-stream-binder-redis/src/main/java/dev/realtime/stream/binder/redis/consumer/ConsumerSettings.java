package dev.realtime.stream.binder.redis.consumer;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the binding of a consumer reads and how.
 *
 * @param loop settings that all its threads share
 * @param streams keys of the streams
 * @param group name of the consumer group, {@code null} for an anonymous consumer
 * @param concurrency number of threads per stream; more than one gives up the order and needs a group
 * @param batchMode whether entries are handed over as lists
 * @param withHeaders whether messages get the headers of their entries
 * @param properties the binder's own properties of the binding
 */
public record ConsumerSettings(
        LoopSettings loop,
        List<String> streams,
        @Nullable String group,
        int concurrency,
        boolean batchMode,
        boolean withHeaders,
        RedisConsumerProperties properties) {}
