package dev.realtime.service.deliveries;

import dev.realtime.service.cluster.InstanceName;
import dev.realtime.service.heartbeat.Beating;
import dev.realtime.service.scripts.Scripts;
import dev.realtime.stream.binder.redis.StreamId;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Records to how many sockets this instance wrote each event, and returns what all instances recorded. Pending counts
 * are written every 250 ms, many at a time. The hash {@code realtime:{delivered:<minute>}} has one field for each event
 * of that minute, holding the counts of all instances, so that one event is read without the others.
 *
 * <p>Bounded: at most {@value #MOST_WAITING} counts wait to be written, and {@link DeliveryProperties} limits the
 * events per minute. The metric {@code realtime.deliveries.unnoted} counts what is not recorded.
 */
@Component
public final class DeliveryLog extends Beating {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLog.class);

    private static final int MOST_WAITING = 10_000;
    /** How many counts one script writes; it blocks Redis for less than a millisecond. */
    private static final int AT_ONCE = 250;

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration OTHERWISE = Duration.ofSeconds(10);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final RedisScript<Long> NOTE = Scripts.load("deliveries/note", Long.class);

    private final ArrayBlockingQueue<Noted> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final StringRedisTemplate redis;
    private final DeliveryProperties properties;
    private final String self;
    private final Counter unnoted;

    private record Noted(String eventId, int sockets) {}

    @Autowired
    DeliveryLog(StringRedisTemplate redis, DeliveryProperties properties, InstanceName self, MeterRegistry metrics) {
        this(redis, properties, self.value(), metrics);
    }

    /** Records under this instance name. */
    DeliveryLog(StringRedisTemplate redis, DeliveryProperties properties, String self, MeterRegistry metrics) {
        super("deliveries");
        this.redis = redis;
        this.properties = properties;
        this.self = self;
        this.unnoted = metrics.counter("realtime.deliveries.unnoted");
    }

    /** Records that an event was written to so many sockets of this instance. Never blocks. */
    public void note(String eventId, int sockets) {
        if (waiting.offer(new Noted(eventId, sockets))) {
            stir();
        } else {
            unnoted.increment();
        }
    }

    /**
     * Returns to how many sockets the events were written, by event and instance; unknown events are absent.
     *
     * @throws org.springframework.dao.DataAccessException when Redis does not answer
     */
    public Map<String, Map<String, Integer>> of(Collection<String> eventIds) {
        Map<String, Map<String, Integer>> found = new HashMap<>();
        Map<String, List<String>> byKey = new HashMap<>();
        eventIds.forEach(id ->
                byKey.computeIfAbsent(key(id), unused -> new ArrayList<>()).add(id));
        byKey.forEach((key, wanted) -> {
            List<@Nullable String> records =
                    redis.<String, @Nullable String>opsForHash().multiGet(key, wanted);
            for (int i = 0; i < wanted.size(); i++) {
                String record = records.get(i);
                if (record != null) {
                    found.put(wanted.get(i), parsed(record));
                }
            }
        });
        return found;
    }

    private static Map<String, Integer> parsed(String record) {
        Map<String, Integer> byInstance = new TreeMap<>();
        for (String one : record.split(" ", -1)) {
            int equals = one.indexOf('=');
            byInstance.put(one.substring(0, equals), Integer.valueOf(one.substring(equals + 1)));
        }
        return byInstance;
    }

    @Override
    protected Duration beat() {
        List<Noted> notes = new ArrayList<>();
        waiting.drainTo(notes, AT_ONCE);
        try {
            write(notes);
        } catch (RuntimeException e) {
            log.debug("The deliveries of {} events were not recorded", notes.size(), e);
            unnoted.increment(notes.size());
        }
        if (!waiting.isEmpty()) {
            return Duration.ZERO;
        }
        return isLively() ? INTERVAL : OTHERWISE;
    }

    private void write(List<Noted> notes) {
        Map<String, List<String>> byKey = new HashMap<>();
        notes.forEach(note -> {
            List<String> arguments = byKey.computeIfAbsent(key(note.eventId()), unused -> new ArrayList<>(head()));
            arguments.add(note.eventId());
            arguments.add(String.valueOf(note.sockets()));
        });
        byKey.forEach((key, arguments) -> {
            Long left = redis.execute(NOTE, List.of(key), arguments.toArray());
            unnoted.increment(left == null ? 0 : left);
        });
    }

    private List<String> head() {
        return List.of(
                self,
                String.valueOf(properties.retention().plusMinutes(1).toMillis()),
                String.valueOf(properties.mostPerMinute()));
    }

    private static String key(String eventId) {
        return "realtime:{delivered:" + StreamId.parse(eventId).millis() / MINUTE + "}";
    }
}
