package dev.realtime.stream.binder.redis.binder;

import dev.realtime.stream.binder.redis.connection.SharedLink;
import dev.realtime.stream.binder.redis.consumer.ConsumerSettings;
import dev.realtime.stream.binder.redis.consumer.DeadLetterSettings;
import dev.realtime.stream.binder.redis.consumer.DeadLetterStream;
import dev.realtime.stream.binder.redis.consumer.DeadLetters;
import dev.realtime.stream.binder.redis.consumer.LoopSettings;
import dev.realtime.stream.binder.redis.consumer.StreamMetrics.Event;
import dev.realtime.stream.binder.redis.producer.StreamAppender;
import dev.realtime.stream.binder.redis.properties.RedisBinderConfigurationProperties;
import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.provisioning.RedisConsumerDestination;
import dev.realtime.stream.binder.redis.provisioning.RedisStreamProvisioner;
import dev.realtime.stream.binder.redis.wire.StreamRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.HeaderMode;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/** Turns a consumer's properties into the settings of its readers. */
final class ConsumerBindings {

    private static final Duration NO_LIMIT = Duration.ofDays(36_500);

    private final RedisStreamProvisioner provisioner;
    private final RedisBinderConfigurationProperties properties;
    private final SharedLink commands;
    private final Map<String, DeadLetterStream> deadLetterStreams = new ConcurrentHashMap<>();

    ConsumerBindings(
            RedisStreamProvisioner provisioner, RedisBinderConfigurationProperties properties, SharedLink commands) {
        this.provisioner = provisioner;
        this.properties = properties;
        this.commands = commands;
    }

    ConsumerSettings settings(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer,
            Duration block) {
        RedisMessageChannelBinder.refuseEmbeddedHeaders(consumer.getHeaderMode());
        Assert.isTrue(consumer.getExtension().getBatchSize() > 0, "batch-size must be 1 or more");
        return new ConsumerSettings(
                new LoopSettings(
                        bindingName(destination, consumer),
                        block,
                        properties.getRecoveryInterval(),
                        properties.getShutdownTimeout(),
                        properties.getHealthTimeout(),
                        handlingTimeout(group, consumer.getExtension())),
                List.copyOf(((RedisConsumerDestination) destination).streams()),
                StringUtils.hasText(group) ? group : null,
                consumer.getConcurrency(),
                consumer.isBatchMode(),
                consumer.getHeaderMode() != HeaderMode.none,
                consumer.getExtension());
    }

    /** Whoever lets a message of a group take longer has to raise claim-min-idle, which is then the limit. */
    private Duration handlingTimeout(@Nullable String group, RedisConsumerProperties extension) {
        Duration limit = properties.getHandlingTimeout();
        if (limit.isZero()) {
            return NO_LIMIT;
        }
        return StringUtils.hasText(group) && extension.getClaimMinIdle().compareTo(limit) > 0
                ? extension.getClaimMinIdle()
                : limit;
    }

    /** Publishes failed entries; {@code null} if the binding has no dead letter stream. */
    @Nullable
    DeadLetters deadLetters(
            ConsumerDestination destination,
            @Nullable String group,
            ExtendedConsumerProperties<RedisConsumerProperties> consumer,
            RedisMessageChannelBinder binder) {
        RedisConsumerProperties extension = consumer.getExtension();
        if (!extension.isEnableDlq()) {
            return null;
        }
        Assert.state(
                StringUtils.hasText(group),
                "enable-dlq needs a group: without one, every instance would publish its own dead letter");
        Assert.isTrue(
                extension.getDlqMaxLength() >= 0 && extension.getDlqAlarmLength() >= 0,
                "dlq-max-length and dlq-alarm-length must be 0 (none) or more");
        Assert.isTrue(extension.getDlqPartitions() >= 0, "dlq-partitions must be 0 (none) or more");
        Assert.state(
                extension.getDlqPartitions() == 0 || consumer.isPartitioned(),
                "dlq-partitions needs a partitioned consumer");
        commands.start();
        String configured = extension.getDlqName();
        String name = StringUtils.hasText(configured) ? configured : destination.getName() + "." + group + ".dlq";
        String bindingName = bindingName(destination, consumer);
        String key = provisioner.key(name);
        Map<String, DeadLetterStream> streams = new HashMap<>();
        for (String stream : ((RedisConsumerDestination) destination).streams()) {
            String target = extension.getDlqPartitions() == 0
                    ? key
                    : RedisStreamProvisioner.samePartition(stream, key, extension.getDlqPartitions());
            streams.put(stream, deadLetterStream(target, group, extension, binder));
        }
        return new DeadLetters(
                new StreamAppender(commands, 0, properties.getReplyTimeout()),
                new DeadLetterSettings(
                        group,
                        extension.getDlqMaxLength(),
                        extension.getRepublishStackTraceMaxLength(),
                        properties.getReplyTimeout()),
                stream -> Objects.requireNonNull(streams.get(stream), stream),
                entry -> count(entry, bindingName, binder),
                binder.events());
    }

    private DeadLetterStream deadLetterStream(
            String key, String group, RedisConsumerProperties extension, RedisMessageChannelBinder binder) {
        return deadLetterStreams.computeIfAbsent(key, unknown -> {
            DeadLetterStream added = new DeadLetterStream(commands, key, extension.getDlqAlarmLength());
            binder.metrics().deadLetterStream(key, group, added::length);
            return added;
        });
    }

    /** The dead letter streams of all bindings so far. */
    List<DeadLetterStream> deadLetterStreams() {
        return List.copyOf(deadLetterStreams.values());
    }

    private static void count(StreamRecord entry, String bindingName, RedisMessageChannelBinder binder) {
        binder.getSubscriptions().of(bindingName).stream()
                .filter(reader -> reader.stream().equals(entry.stream()))
                .findFirst()
                .ifPresent(reader -> binder.metrics().count(Event.DEAD_LETTER, reader, 1));
    }

    private static String bindingName(
            ConsumerDestination destination, ExtendedConsumerProperties<RedisConsumerProperties> consumer) {
        String name = consumer.getBindingName();
        return StringUtils.hasText(name) ? name : destination.getName();
    }
}
