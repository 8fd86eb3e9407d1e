package dev.realtime.stream.binder.redis.provisioning;

import java.util.List;
import org.springframework.cloud.stream.provisioning.ConsumerDestination;

/**
 * The streams that a consumer reads.
 *
 * @param name the destination as configured
 * @param streams keys of the streams: one, or one for each partition of this instance
 */
public record RedisConsumerDestination(String name, List<String> streams) implements ConsumerDestination {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name + " " + streams;
    }
}
