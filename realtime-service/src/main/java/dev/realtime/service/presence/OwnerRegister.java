package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The instances' entries in Redis. Everything here waits for Redis, and throws a {@link
 * org.springframework.dao.DataAccessException} when it does not answer.
 */
@Component
final class OwnerRegister {

    private static final Logger log = LoggerFactory.getLogger(OwnerRegister.class);

    private static final String OWNERS = "realtime:{presence}:owners";
    private static final String EPOCH = "realtime:{presence}:epoch";

    private static final RedisScript<Long> BEGIN = Scripts.load("presence/owner-begin", Long.class);
    private static final RedisScript<Long> WRITE = Scripts.load("presence/owner-write", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> READ = Scripts.load("presence/owner-read", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> REAP = Scripts.load("presence/owner-reap", List.class);

    private final StringRedisTemplate redis;
    private final JsonMapper json;

    OwnerRegister(StringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    /** Where an instance stands: what its next change builds on. */
    record Position(String generation, long number) {}

    /** What is left of an instance that died. */
    record Remains(String generation, Instant lastBeat, List<SocketPresence> sockets) {}

    /** Begins an instance's entries anew, empty, at number 0. */
    void begin(String instance, String generation) {
        redis.execute(BEGIN, keys(instance), generation);
        index(instance);
    }

    /**
     * Changes an instance's entries. Without a change it is a heartbeat.
     *
     * @return the number of this change; empty when the generation is over, so that nothing was done
     */
    OptionalLong write(
            String instance, String generation, Collection<SocketPresence> puts, Collection<String> removed) {
        List<String> arguments = new ArrayList<>(2 + 2 * puts.size() + removed.size());
        arguments.add(generation);
        arguments.add(String.valueOf(puts.size()));
        for (SocketPresence put : puts) {
            arguments.add(put.socketId());
            arguments.add(json.writeValueAsString(put));
        }
        arguments.addAll(removed);
        Long number = Objects.requireNonNull(redis.execute(WRITE, keys(instance), arguments.toArray()));
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Enters an instance in the index of those that are there. */
    void index(String instance) {
        redis.opsForZSet().add(OWNERS, instance, System.currentTimeMillis());
    }

    /** Takes an instance out of everything; its users are dealt with before. */
    void end(String instance) {
        redis.delete(keys(instance));
        redis.opsForZSet().remove(OWNERS, instance);
    }

    /** Every instance that has entries, or had them and was not dealt with yet. */
    Set<String> owners() {
        Set<String> owners = redis.opsForZSet().range(OWNERS, 0, -1);
        return owners == null ? Set.of() : owners;
    }

    Optional<Position> position(String instance) {
        List<Object> fields = redis.opsForHash().multiGet(keys(instance).get(1), List.of("generation", "number"));
        if (fields.size() < 2
                || !(fields.get(0) instanceof String generation)
                || !(fields.get(1) instanceof String n)) {
            return Optional.empty();
        }
        return Optional.of(new Position(generation, Long.parseLong(n)));
    }

    /** An instance's entries; empty when it has none. */
    Optional<Owner> read(String instance) {
        List<?> answer = redis.execute(READ, keys(instance));
        if (answer == null || answer.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Owner(
                instance,
                String.valueOf(answer.get(0)),
                Long.parseLong(String.valueOf(answer.get(1))),
                sockets(answer.subList(2, answer.size()))));
    }

    /** Takes the entries of an instance that has been silent for so long; empty when it has not. */
    Optional<Remains> reap(String instance, Duration silence) {
        List<?> answer = redis.execute(REAP, reapKeys(instance), String.valueOf(silence.toMillis()));
        if (answer == null || answer.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(new Remains(
                String.valueOf(answer.get(0)),
                Instant.ofEpochMilli(Long.parseLong(String.valueOf(answer.get(1)))),
                sockets(answer.subList(2, answer.size()))));
    }

    /** An instance's remains have been dealt with. One that came back with a new generation stays. */
    void forgetRemains(String instance) {
        redis.delete(reapKeys(instance).subList(2, 4));
        if (position(instance).isEmpty()) {
            redis.opsForZSet().remove(OWNERS, instance);
        }
    }

    /** What stays the same as long as Redis keeps its data. */
    String epoch() {
        redis.opsForValue().setIfAbsent(EPOCH, UUID.randomUUID().toString());
        return Objects.requireNonNull(redis.opsForValue().get(EPOCH), "the epoch was taken away");
    }

    private List<SocketPresence> sockets(List<?> values) {
        List<SocketPresence> sockets = new ArrayList<>(values.size());
        for (Object value : values) {
            try {
                sockets.add(json.readValue(String.valueOf(value), SocketPresence.class));
            } catch (JacksonException e) {
                log.warn("An entry of an instance's presence in Redis cannot be read and is passed over");
            }
        }
        return sockets;
    }

    private static List<String> keys(String instance) {
        String entries = "realtime:{presence:" + instance + "}";
        return List.of(entries, entries + ":state");
    }

    private static List<String> reapKeys(String instance) {
        String entries = "realtime:{presence:" + instance + "}";
        return List.of(entries, entries + ":state", entries + ":reaped", entries + ":reaped:state");
    }
}
