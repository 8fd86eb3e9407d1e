package dev.realtime.service.deliveries;

import dev.realtime.service.gateway.engineio.EngineSessions;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.stream.binder.redis.wire.StreamId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Notes to how many sockets this instance wrote an event, and tells what all instances noted. Written every 250 ms while
 * there are any, many at a time: the hash {@code realtime:{delivered:<minute>}} has {@code <event's id>@<instance>} for the
 * events of a minute.
 *
 * <p>Bounded: at most {@value #MOST_WAITING} wait to be written; what is more is not noted, and counted by the metric
 * {@code realtime.deliveries.unnoted}.
 */
@Component
public final class DeliveryLog extends Beating {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);

    private static final int MOST_WAITING = 10_000;
    private static final int AT_ONCE = 1_000;
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration OTHERWISE = Duration.ofSeconds(10);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final ArrayBlockingQueue<Noted> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final StringRedisTemplate redis;
    private final DeliveryProperties properties;
    private final String self;
    private final Counter unnoted;

    private record Noted(String eventId, int sockets) {}

    DeliveryLog(
            StringRedisTemplate redis, DeliveryProperties properties, EngineSessions sessions, MeterRegistry metrics) {
        super("deliveries");
        this.redis = redis;
        this.properties = properties;
        this.self = sessions.instanceTag();
        this.unnoted = metrics.counter("realtime.deliveries.unnoted");
    }

    /** Notes that an event was written to so many sockets here. Never waits. */
    public void note(String eventId, int sockets) {
        if (waiting.offer(new Noted(eventId, sockets))) {
            stir();
        } else {
            unnoted.increment();
        }
    }

    /**
     * To how many sockets events were written, by instance; an event of which nothing is known is not there.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public Map<String, Map<String, Integer>> of(Collection<String> eventIds) {
        Map<String, Map<String, Integer>> found = new HashMap<>();
        Map<String, List<String>> byKey = new HashMap<>();
        eventIds.forEach(id ->
                byKey.computeIfAbsent(key(id), unused -> new ArrayList<>()).add(id));
        byKey.forEach((key, wanted) -> redis.<String, String>opsForHash()
                .entries(key)
                .forEach((field, sockets) -> {
                    int at = field.indexOf('@');
                    if (at > 0 && wanted.contains(field.substring(0, at))) {
                        found.computeIfAbsent(field.substring(0, at), unused -> new TreeMap<>())
                                .put(field.substring(at + 1), Integer.valueOf(sockets));
                    }
                }));
        return found;
    }

    @Override
    protected Duration beat() {
        List<Noted> notes = new ArrayList<>();
        waiting.drainTo(notes, AT_ONCE);
        try {
            write(notes);
        } catch (RuntimeException e) {
            log.debug("{} events' deliveries were not noted", notes.size(), e);
            unnoted.increment(notes.size());
        }
        if (!waiting.isEmpty()) {
            return Duration.ZERO;
        }
        return isLively() ? INTERVAL : OTHERWISE;
    }

    private void write(List<Noted> notes) {
        Map<String, Map<String, String>> byKey = new HashMap<>();
        notes.forEach(note -> byKey.computeIfAbsent(key(note.eventId()), unused -> new HashMap<>())
                .put(note.eventId() + "@" + self, String.valueOf(note.sockets())));
        byKey.forEach((key, fields) -> {
            redis.opsForHash().putAll(key, fields);
            redis.expire(key, properties.retention().plusMinutes(1));
        });
    }

    private static String key(String eventId) {
        return "realtime:{delivered:" + StreamId.parse(eventId).millis() / MINUTE + "}";
    }
}
