package dev.realtime.stream.binder.redis.provisioning;

import dev.realtime.stream.binder.redis.properties.RedisConsumerProperties;
import dev.realtime.stream.binder.redis.properties.RedisProducerProperties;
import dev.realtime.stream.binder.redis.wire.StreamKeys;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.cloud.stream.binder.ExtendedProducerProperties;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;
import org.springframework.cloud.stream.provisioning.ProducerDestination;
import org.springframework.cloud.stream.provisioning.ProvisioningProvider;
import org.springframework.util.CollectionUtils;
import org.springframework.util.StringUtils;

/**
 * Names the streams of a destination. Does not access Redis, so that an application starts without it: readers and
 * writers create streams and groups once they are connected.
 */
public final class RedisStreamProvisioner
        implements ProvisioningProvider<
                ExtendedConsumerProperties<RedisConsumerProperties>,
                ExtendedProducerProperties<RedisProducerProperties>> {

    private final String keyPrefix;

    /** @param keyPrefix prefixed to every destination */
    public RedisStreamProvisioner(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    @Override
    public ProducerDestination provisionProducerDestination(
            String name, ExtendedProducerProperties<RedisProducerProperties> properties) {
        return new RedisProducerDestination(
                name, key(name), properties.isPartitioned() ? properties.getPartitionCount() : 0);
    }

    @Override
    public ConsumerDestination provisionConsumerDestination(
            String name, String group, ExtendedConsumerProperties<RedisConsumerProperties> properties) {
        List<String> names = properties.isMultiplex()
                ? List.of(StringUtils.tokenizeToStringArray(name, ",", true, true))
                : List.of(name);
        return new RedisConsumerDestination(
                name,
                names.stream().flatMap(each -> streams(key(each), properties)).toList());
    }

    /** The key of the stream of a destination without partitions. */
    public String key(String destination) {
        return StreamKeys.requireTaggable(keyPrefix + destination);
    }

    /** The partition of another destination that takes what comes from a partition. */
    public static String samePartition(String stream, String otherKey, int otherPartitions) {
        int partition = Integer.parseInt(stream.substring(stream.lastIndexOf('-') + 1));
        return RedisProducerDestination.partition(otherKey, partition % otherPartitions);
    }

    private static Stream<String> streams(String key, ExtendedConsumerProperties<RedisConsumerProperties> properties) {
        if (!properties.isPartitioned()) {
            return Stream.of(key);
        }
        // A copy, since the same properties may be changed and used for another binding.
        List<Integer> indexes = CollectionUtils.isEmpty(properties.getInstanceIndexList())
                ? List.of(properties.getInstanceIndex())
                : List.copyOf(properties.getInstanceIndexList());
        return indexes.stream().map(index -> RedisProducerDestination.partition(key, index));
    }
}
