package dev.realtime.service.journal;

import dev.realtime.service.journal.UserJournal.BlockNote;
import dev.realtime.service.journal.UserJournal.RefusedConnects;
import dev.realtime.service.scripts.Scripts;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The journal in Redis. Waits for Redis; every method throws a {@link org.springframework.dao.DataAccessException} when
 * Redis does not answer.
 */
@Component
public final class JournalStore {

    /** How many bytes of one user are kept; the oldest that is over goes first. */
    private static final int MOST_BYTES = 32 * 1024;

    private static final String INSTANCES = "realtime:{journal}";
    private static final String SINCE = "since";
    private static final String KNOWN = "known";
    private static final String SOCKET = "s/";
    private static final String BLOCK = "b/";
    private static final String REFUSED = "r/";

    private static final RedisScript<Long> NOTE = Scripts.load("journal/note", Long.class);
    private static final RedisScript<Long> COVER = Scripts.load("journal/cover", Long.class);

    private final StringRedisTemplate redis;
    private final JournalProperties properties;
    private final JsonMapper json;

    JournalStore(StringRedisTemplate redis, JournalProperties properties) {
        this.redis = redis;
        this.properties = properties;
        // Positions as texts take less room.
        this.json = JsonMapper.builder()
                .addModule(new SimpleModule()
                        .addSerializer(StreamId.class, new ToStringSerializer(StreamId.class))
                        .addDeserializer(StreamId.class, new PositionReader()))
                .build();
    }

    private static final class PositionReader extends StdDeserializer<StreamId> {

        PositionReader() {
            super(StreamId.class);
        }

        @Override
        public StreamId deserialize(JsonParser parser, DeserializationContext context) {
            return StreamId.parse(parser.getString());
        }
    }

    /** For how long something is kept after it was over. */
    public Duration retention() {
        return properties.retention();
    }

    /**
     * A field of a user's journal.
     *
     * @param value empty to remove it
     */
    record Field(String name, String value) {

        int bytes() {
            return name.length() + value.length();
        }
    }

    Field socket(String name, long over, SocketNote note) {
        return field(SOCKET + name, over, note);
    }

    Field block(BlockNote note) {
        return field(BLOCK + note.at(), note.until(), note);
    }

    Field refused(String instance, RefusedConnects note) {
        return field(REFUSED + instance + "/" + note.code(), note.last(), note);
    }

    static Field without(String name) {
        return new Field(SOCKET + name, "");
    }

    private Field field(String name, long over, Object value) {
        return new Field(name, over + " " + json.writeValueAsString(value));
    }

    void write(String userKey, List<Field> fields) {
        List<String> arguments = new ArrayList<>();
        arguments.add(String.valueOf(properties.retention().toMillis()));
        arguments.add(String.valueOf(MOST_BYTES));
        for (Field field : fields) {
            arguments.add(field.name());
            arguments.add(field.value());
        }
        redis.execute(NOTE, List.of(key(userKey)), arguments.toArray());
    }

    /**
     * Tells from and up to where an instance's entries are complete.
     *
     * @param first whether it has told nothing yet
     * @return false if Redis has lost what it told before
     */
    boolean cover(String instance, StreamId birth, StreamId from, StreamId through, boolean ends, boolean first) {
        Long kept = redis.execute(
                COVER,
                List.of(INSTANCES),
                instance,
                birth.toString(),
                from.toString(),
                through.toString(),
                ends ? "1" : "0",
                String.valueOf(properties.retention().toMillis()),
                first ? "1" : "0");
        return Long.valueOf(1).equals(kept);
    }

    /**
     * What all instances have told.
     *
     * @param since when the journal began, in milliseconds by Redis' clock; {@link Long#MAX_VALUE} if there is none
     */
    public record Covered(long since, List<Coverage> instances) {}

    public Covered covered() {
        Map<String, String> all = redis.<String, String>opsForHash().entries(INSTANCES);
        String since = all.remove(SINCE);
        return new Covered(
                since == null ? Long.MAX_VALUE : Long.parseLong(since),
                all.entrySet().stream()
                        .map(entry -> Coverage.parse(entry.getKey(), entry.getValue()))
                        .flatMap(Optional::stream)
                        .toList());
    }

    public UserJournal of(String userKey) {
        List<SocketNote> sockets = new ArrayList<>();
        List<BlockNote> blocks = new ArrayList<>();
        List<RefusedConnects> refusals = new ArrayList<>();
        long[] known = new long[1];
        redis.<String, String>opsForHash().entries(key(userKey)).forEach((name, value) -> {
            String text = value.substring(value.indexOf(' ') + 1);
            if (name.equals(KNOWN)) {
                known[0] = Long.parseLong(value);
            } else if (name.startsWith(SOCKET)) {
                sockets.add(json.readValue(text, SocketNote.class));
            } else if (name.startsWith(BLOCK)) {
                blocks.add(json.readValue(text, BlockNote.class));
            } else if (name.startsWith(REFUSED)) {
                refusals.add(json.readValue(text, RefusedConnects.class));
            }
        });
        sockets.sort(Comparator.comparing(SocketNote::connected));
        blocks.sort(Comparator.comparing(BlockNote::at));
        return new UserJournal(sockets, blocks, refusals, known[0]);
    }

    private static String key(String userKey) {
        return "realtime:{journal:" + userKey + "}";
    }
}
