package dev.realtime.service.presence;

import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.cluster.ForeignProtocols;
import dev.realtime.service.cluster.Protocol;
import dev.realtime.service.scripts.Scripts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The instances' entries in Redis. Entries of another protocol version are reported and treated as absent.
 *
 * <p>All methods wait for Redis, and throw a {@link org.springframework.dao.DataAccessException} if it does not answer.
 */
@Component
final class OwnerRegister {

    private static final String EPOCH = "realtime:{presence}:epoch";
    private static final String VERSION = String.valueOf(Protocol.VERSION);

    private static final RedisScript<Long> BEGIN = Scripts.load("presence/owner-begin", Long.class);
    private static final RedisScript<Long> WRITE = Scripts.load("presence/owner-write", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> READ = Scripts.load("presence/owner-read", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> REAP = Scripts.load("presence/owner-reap", List.class);

    private final StringRedisTemplate redis;
    private final SocketFields fields;
    private final ForeignProtocols foreign;

    OwnerRegister(StringRedisTemplate redis, SocketFields fields, ForeignProtocols foreign) {
        this.redis = redis;
        this.fields = fields;
        this.foreign = foreign;
    }

    /** The last change of an instance's entries: the next change builds on it. */
    record Position(String generation, long number) {}

    /** The entries of an instance that died. */
    record Remains(String generation, Collection<SocketPresence> sockets) {}

    /** Begins an instance's entries anew, empty, at number 0. */
    void begin(String instance, String generation) {
        redis.execute(BEGIN, keys(instance), generation, VERSION);
    }

    /**
     * Changes an instance's entries. Without a change, checks that they still exist.
     *
     * @param puts fields and their values
     * @param deletes fields
     * @return the number of this change, or of the last change if there is none; empty if the generation is over, and
     *     nothing was done
     */
    OptionalLong write(String instance, String generation, Map<String, String> puts, Collection<String> deletes) {
        List<String> arguments = new ArrayList<>(2 + 2 * puts.size() + deletes.size());
        arguments.add(generation);
        arguments.add(String.valueOf(puts.size()));
        puts.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
        arguments.addAll(deletes);
        Long number = Objects.requireNonNull(redis.execute(WRITE, keys(instance), arguments.toArray()));
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Deletes an instance's entries. The caller removes its users first. */
    void end(String instance) {
        redis.delete(keys(instance));
    }

    /** The last change of an instance's entries; empty if it has none. */
    Optional<Position> position(String instance) {
        List<Object> state =
                redis.opsForHash().multiGet(keys(instance).get(1), List.of("protocol", "generation", "number"));
        if (!(state.get(1) instanceof String generation) || isForeign(instance, state.get(0))) {
            return Optional.empty();
        }
        return Optional.of(new Position(generation, Long.parseLong(String.valueOf(state.get(2)))));
    }

    /** An instance's entries; empty if it has none. */
    Optional<Owner> read(String instance) {
        List<?> answer = redis.execute(READ, keys(instance), VERSION);
        if (answer == null || answer.isEmpty() || isForeign(instance, answer.get(0))) {
            return Optional.empty();
        }
        return Optional.of(new Owner(
                instance,
                String.valueOf(answer.get(1)),
                Long.parseLong(String.valueOf(answer.get(2))),
                fields.read((List<?>) answer.get(3))));
    }

    /** Takes the entries of a dead instance; empty if there are none. */
    Optional<Remains> reap(String instance) {
        List<?> answer = redis.execute(REAP, reapKeys(instance), VERSION);
        if (answer == null || answer.isEmpty() || isForeign(instance, answer.get(0))) {
            return Optional.empty();
        }
        return Optional.of(new Remains(
                String.valueOf(answer.get(1)),
                fields.read((List<?>) answer.get(2)).values()));
    }

    /** Deletes an instance's remains, once they are dealt with. A new generation of the same instance is kept. */
    void forgetRemains(String instance) {
        redis.delete(reapKeys(instance).subList(2, 4));
    }

    /** Whether Redis has anything of an instance, in any protocol version. */
    boolean isThere(String instance) {
        Long there = redis.countExistingKeys(
                List.of(keys(instance).get(1), reapKeys(instance).get(3)));
        return there != null && there > 0;
    }

    /** A value that stays the same as long as Redis keeps its data. */
    String epoch() {
        redis.opsForValue().setIfAbsent(EPOCH, UUID.randomUUID().toString());
        return Objects.requireNonNull(redis.opsForValue().get(EPOCH), "the epoch was removed");
    }

    private boolean isForeign(String instance, @Nullable Object version) {
        String there = String.valueOf(version);
        if (there.equals(VERSION)) {
            return false;
        }
        foreign.report("hash of sockets", instance, there);
        return true;
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
