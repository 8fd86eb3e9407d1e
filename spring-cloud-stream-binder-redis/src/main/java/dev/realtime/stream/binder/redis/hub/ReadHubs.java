package dev.realtime.stream.binder.redis.hub;

import dev.realtime.stream.binder.redis.connection.RedisConnections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hubs of a binder. Streams of one hub have the same batch size and, in a Redis Cluster, the same slot. */
public final class ReadHubs {

    private final RedisConnections connections;
    private final int mostStreams;
    private final Duration block;
    private final Map<Kind, List<ReadHub>> hubs = new HashMap<>();

    private record Kind(int slot, int batchSize) {}

    /**
     * @param connections opens connections
     * @param mostStreams the most streams of one connection; 1 for no hubs
     * @param block how long the server blocks a read that finds nothing
     */
    public ReadHubs(RedisConnections connections, int mostStreams, Duration block) {
        this.connections = connections;
        this.mostStreams = mostStreams;
        this.block = block;
    }

    /**
     * A place for a stream, until {@link Seat#leave}.
     *
     * @param batchSize the most entries of one read
     * @return null if streams share no connections
     */
    public synchronized @Nullable Seat seat(String stream, int batchSize) {
        if (mostStreams <= 1) {
            return null;
        }
        List<ReadHub> alike =
                hubs.computeIfAbsent(new Kind(connections.slot(stream), batchSize), kind -> new ArrayList<>());
        alike.removeIf(it -> it.seats().count() == 0);
        // XREAD answers by key, so a hub has each stream once.
        ReadHub hub = alike.stream()
                .filter(it -> it.seats().count() < mostStreams && !it.seats().has(stream))
                .findFirst()
                .orElseGet(() -> {
                    ReadHub added = new ReadHub(connections, stream, batchSize, block);
                    alike.add(added);
                    return added;
                });
        return hub.add(stream);
    }
}
