package dev.realtime.stream.binder.redis.provisioning;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * The streams that a producer writes to.
 *
 * @param name the destination as configured
 * @param key key of the stream, or the prefix of its partitions' keys
 * @param partitions number of partitions, 0 if the destination is not partitioned
 */
public record RedisProducerDestination(String name, String key, int partitions) implements ProducerDestination {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getNameForPartition(int partition) {
        return partition(key, partition);
    }

    /** The keys of all streams of the destination. */
    public List<String> streams() {
        return partitions == 0
                ? List.of(key)
                : IntStream.range(0, partitions)
                        .mapToObj(this::getNameForPartition)
                        .toList();
    }

    static String partition(String key, int partition) {
        return key + "-" + partition;
    }

    @Override
    public String toString() {
        return name + " " + streams();
    }
}
