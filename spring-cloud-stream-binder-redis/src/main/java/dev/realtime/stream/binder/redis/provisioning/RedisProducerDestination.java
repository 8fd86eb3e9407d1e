package dev.realtime.stream.binder.redis.provisioning;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.cloud.stream.provisioning.ProducerDestination;

/**
 * Where a producer writes.
 *
 * @param name the destination as configured
 * @param key key of the stream, or what the keys of its partitions begin with
 * @param partitions how many partitions there are, 0 when the destination has none
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

    /** Keys of all streams of the destination. */
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
