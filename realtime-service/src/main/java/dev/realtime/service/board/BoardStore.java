package dev.realtime.service.board;

import dev.realtime.service.board.Board.Delta;
import dev.realtime.service.board.BoardState.Removal;
import dev.realtime.service.scripts.Scripts;
import dev.realtime.stream.binder.redis.StreamId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.HashOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The saved board of each epoch in Redis: a hash of JSON for each kind of entry, and the position at which they are
 * true. A save changes all of them in one step, so what is saved is always a board as it was at its position, and
 * folding the events after the position gives the board of today. A save that comes late changes nothing.
 *
 * <pre>
 * realtime:{board}:k3x9ab:position   32 hexadecimal digits, so that the order of texts is that of ids
 * realtime:{board}:k3x9ab:calls      4711 -> {"id":4711,"stage":"waiting",…}
 * realtime:{board}:k3x9ab:orders
 * realtime:{board}:k3x9ab:people
 * </pre>
 *
 * <p>All methods wait for Redis, and throw a {@link org.springframework.dao.DataAccessException} if it does not answer.
 */
@Component
final class BoardStore {

    private static final Logger log = LoggerFactory.getLogger(BoardStore.class);

    /** The most changes of one save, and their most characters: about 5 ms of Redis' time. */
    static final int MOST_CHANGES = 2_000;

    private static final int MOST_CHARACTERS = 1_000_000;

    /** The most entries of one part of a whole board. */
    private static final int PART = 500;

    private static final int PART_CHARACTERS = 256 * 1024;

    /** Longer than open orders are kept by default; every save begins it anew. */
    private static final Duration KEPT = Duration.ofDays(8);

    /** How long a reading may hold up writers. Reading 100,000 entries takes about 2 s. */
    private static final Duration READING = Duration.ofSeconds(10);

    private static final Duration ASIDE = Duration.ofMinutes(1);

    private static final RedisScript<String> BEGIN = Scripts.load("board/begin", String.class);
    private static final RedisScript<String> FINISH = Scripts.load("board/finish", String.class);
    private static final RedisScript<String> SAVE = Scripts.load("board/save", String.class);
    private static final RedisScript<Long> STAGE = Scripts.load("board/stage", Long.class);
    private static final RedisScript<String> REPLACE = Scripts.load("board/replace", String.class);

    private final StringRedisTemplate redis;
    private final JsonMapper json;
    private final BoardProperties properties;

    BoardStore(StringRedisTemplate redis, JsonMapper json, BoardProperties properties) {
        this.redis = redis;
        this.json = json;
        this.properties = properties;
    }

    /** What became of a save. */
    enum Outcome {
        SAVED,
        /** Somebody reads the saved board: try again. */
        HELD,
        /** The saved board is of this position or a later one. */
        AHEAD,
        /** The saved board is from before the first position, or missing, or there are too many changes. */
        BEHIND
    }

    /** The position of the saved board; null if there is none. */
    @Nullable
    StreamId position(String epoch) {
        return id(redis.opsForValue().get(key(epoch, "position")));
    }

    /**
     * Reads the saved board. If there is none, saves an empty one.
     *
     * @param ifNone the position of the empty one
     * @return null if the saved board changed meanwhile: try again
     */
    @Nullable
    BoardState read(String epoch, StreamId ifNone) {
        String reading = UUID.randomUUID().toString();
        List<String> keys = List.of(key(epoch, "position"), key(epoch, "reading"));
        StreamId position = id(redis.execute(BEGIN, keys, hex(ifNone), millis(KEPT), reading, millis(READING)));
        if (position == null) {
            return null;
        }
        BoardState state = new BoardState(properties, position);
        for (Kind kind : Kind.values()) {
            entries(key(epoch, kind.plural), kind).forEach(state::restore);
        }
        return position.equals(id(redis.execute(FINISH, keys, reading))) ? state : null;
    }

    /** The entries of one hash, those with the oldest events first. */
    private List<Entry> entries(String key, Kind kind) {
        HashOperations<String, String, String> hashes = redis.opsForHash();
        List<String> fields = new ArrayList<>(hashes.keys(key));
        List<Entry> entries = new ArrayList<>(fields.size());
        int unreadable = 0;
        for (int from = 0; from < fields.size(); from += PART) {
            for (String value : hashes.multiGet(key, fields.subList(from, Math.min(from + PART, fields.size())))) {
                try {
                    if (value != null) {
                        entries.add(json.readValue(value, kind.type()));
                    }
                } catch (JacksonException e) {
                    unreadable++;
                }
            }
        }
        if (unreadable > 0) {
            log.warn("Ignoring {} saved {} of the live board: they cannot be read", unreadable, kind.plural);
        }
        entries.sort(Comparator.comparing(Entry::last).thenComparing(Entry::key));
        return entries;
    }

    /**
     * Brings the saved board forward.
     *
     * @param from the position that the changes follow
     */
    Outcome save(Delta delta, StreamId from) {
        List<Removal> removed = delta.removed();
        if (removed == null || delta.entries().size() + removed.size() > MOST_CHANGES) {
            return Outcome.BEHIND;
        }
        List<String> arguments = new ArrayList<>(List.of(hex(from), hex(delta.to()), millis(KEPT)));
        long characters = 0;
        for (Entry entry : delta.entries()) {
            // The hashes are the script's keys 3 to 5.
            characters += add(arguments, 3, entry);
        }
        if (characters > MOST_CHARACTERS) {
            return Outcome.BEHIND;
        }
        removed.forEach(removal -> {
            arguments.add(String.valueOf(3 + removal.kind().ordinal()));
            arguments.add(removal.key());
            arguments.add("");
        });
        return outcome(redis.execute(SAVE, keys(delta.epoch()), arguments.toArray()));
    }

    /** Saves the whole board, whatever was saved before. Takes a while if it is large. */
    Outcome replace(Delta everything) {
        String epoch = everything.epoch();
        String name = UUID.randomUUID().toString();
        List<String> aside = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            aside.add(key(epoch, name + ":" + kind.plural));
        }
        int[] sizes = new int[Kind.values().length];
        List<String> part = new ArrayList<>();
        long characters = 0;
        for (Entry entry : everything.entries()) {
            if (part.isEmpty()) {
                part.add(millis(ASIDE));
            }
            characters += add(part, 1, entry);
            sizes[Kind.of(entry).ordinal()]++;
            if (part.size() > 3 * PART || characters > PART_CHARACTERS) {
                redis.execute(STAGE, aside, part.toArray());
                part.clear();
                characters = 0;
            }
        }
        if (!part.isEmpty()) {
            redis.execute(STAGE, aside, part.toArray());
        }
        List<String> keys = new ArrayList<>(keys(epoch));
        keys.addAll(aside);
        List<String> arguments = new ArrayList<>(List.of(hex(everything.to()), millis(KEPT)));
        for (int size : sizes) {
            arguments.add(String.valueOf(size));
        }
        return outcome(redis.execute(REPLACE, keys, arguments.toArray()));
    }

    /** Adds an entry's three arguments, and returns their length. */
    private long add(List<String> arguments, int firstHash, Entry entry) {
        String value = json.writeValueAsString(entry);
        arguments.add(String.valueOf(firstHash + Kind.of(entry).ordinal()));
        arguments.add(entry.key());
        arguments.add(value);
        return entry.key().length() + (long) value.length();
    }

    private static List<String> keys(String epoch) {
        List<String> keys = new ArrayList<>(List.of(key(epoch, "position"), key(epoch, "reading")));
        for (Kind kind : Kind.values()) {
            keys.add(key(epoch, kind.plural));
        }
        return keys;
    }

    static String key(String epoch, String name) {
        return "realtime:{board}:" + epoch + ":" + name;
    }

    private static Outcome outcome(@Nullable String answer) {
        return Outcome.valueOf(Objects.requireNonNull(answer).toUpperCase(Locale.ROOT));
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    static String hex(StreamId id) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(id.millis()) + hex.toHexDigits(id.sequence());
    }

    private static @Nullable StreamId id(@Nullable String hex) {
        return hex == null
                ? null
                : new StreamId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }
}
