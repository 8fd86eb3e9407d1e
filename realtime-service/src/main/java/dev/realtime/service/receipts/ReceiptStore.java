package dev.realtime.service.receipts;

import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.receipts.Receipts.WithUsers;
import dev.realtime.service.scripts.Scripts;
import dev.realtime.stream.binder.redis.StreamId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receipts in Redis. Every method waits for Redis, and throws {@link org.springframework.dao.DataAccessException} when
 * it does not answer; see the package for the keys.
 */
@Component
class ReceiptStore {

    private static final String INDEX = "realtime:{receipts}";
    private static final String DUE = INDEX + ":due";
    private static final String SETTLED = INDEX + ":settled";
    private static final String TOTALS = INDEX + ":totals";

    private static final RedisScript<Long> NOTE = Scripts.load("receipts/note", Long.class);
    private static final RedisScript<Long> CONFIRM = Scripts.load("receipts/confirm", Long.class);
    private static final RedisScript<Long> STEP = Scripts.load("receipts/step", Long.class);
    private static final RedisScript<Long> RECALL = Scripts.load("receipts/recall", Long.class);
    private static final RedisScript<Long> DROP = Scripts.load("receipts/drop", Long.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DUE_NOW = Scripts.load("receipts/due", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> NEWEST = Scripts.load("receipts/newest", List.class);

    /** What {@link #note} returns for a receipt that does not exist, and for one that there is no room for. */
    static final long UNKNOWN = -1;

    static final long NO_ROOM = -2;

    /** The fields of users begin with this. */
    private static final String USER = "u:";

    /** How many receipts are forgotten for one new one. A larger one must wait for the retention. */
    private static final int MOST_FORGOTTEN = 100;

    private final StringRedisTemplate redis;
    private final ReceiptProperties properties;
    private final JsonMapper json;

    ReceiptStore(StringRedisTemplate redis, ReceiptProperties properties, JsonMapper json) {
        this.redis = redis;
        this.properties = properties;
        this.json = json;
    }

    private static String key(String id) {
        return INDEX + ":of:" + id;
    }

    /**
     * Opens a receipt unless it exists, and records to whom its notification was written.
     *
     * @param opening what to open it with; null when it must exist
     * @param marker names this record of an instance, so that it counts once; empty for none
     * @param at the time of writing, in milliseconds since 1970
     * @param sockets numbers of sockets by user
     * @return how many users there was no room for, {@link #UNKNOWN} or {@link #NO_ROOM}
     */
    long note(String id, @Nullable Opening opening, Step step, String marker, long at, Map<String, Integer> sockets) {
        long millis = StreamId.parse(id).millis();
        List<String> arguments = new ArrayList<>(List.of(
                id,
                text(millis),
                text(at - properties.retention().toMillis()),
                opening == null ? "" : json.writeValueAsString(opening.head()),
                opening == null ? "" : opening.payload(),
                opening == null ? "0" : text(millis + opening.head().withinMillis()),
                text(properties.maxBytes().toBytes()),
                text(properties.mostUsers()),
                marker,
                step.text(),
                text(at)));
        sockets.forEach((user, count) -> {
            arguments.add(user);
            arguments.add(String.valueOf(count));
        });
        return number(redis.execute(NOTE, List.of(key(id), INDEX, DUE, TOTALS), arguments.toArray()));
    }

    /** What a receipt begins with: its head, and the notification as it was sent. */
    record Opening(ReceiptHead head, String payload) {}

    /**
     * Makes room for so many bytes: forgets the oldest receipts that have no step to come.
     *
     * @return whether there is room
     */
    boolean makeRoom(long bytes) {
        for (int forgotten = 0; forgotten < MOST_FORGOTTEN; forgotten++) {
            if (bytes() + bytes <= properties.maxBytes().toBytes()) {
                return true;
            }
            Set<String> oldest = redis.opsForZSet().range(SETTLED, 0, 0);
            if (oldest == null || oldest.isEmpty()) {
                return false;
            }
            drop(oldest.iterator().next());
        }
        return false;
    }

    private long bytes() {
        Object bytes = redis.opsForHash().get(TOTALS, "bytes");
        return bytes == null ? 0 : Long.parseLong(String.valueOf(bytes));
    }

    /** What {@link #confirm} found. */
    enum Confirmed {
        /** The notification was not written to the user. */
        UNKNOWN,
        FIRST,
        AGAIN,
        /** The notification was recalled before the user confirmed. */
        RECALLED
    }

    /** @param recalled whether the notification is known to be recalled, even if its receipt does not say so yet */
    Confirmed confirm(String id, String userKey, long at, boolean recalled) {
        return Confirmed.values()[
                (int) number(redis.execute(CONFIRM, List.of(key(id)), userKey, text(at), recalled ? "1" : ""))];
    }

    /**
     * Notes that a notification was recalled; does nothing without a receipt.
     *
     * @return whether it was escalated, or is being escalated
     */
    boolean recall(String id, long at) {
        long escalated = 2;
        return number(redis.execute(
                        RECALL,
                        List.of(key(id), DUE, SETTLED),
                        id,
                        text(at),
                        text(StreamId.parse(id).millis())))
                == escalated;
    }

    /**
     * What has to be done.
     *
     * @param next the time of the next step, in milliseconds since 1970; null without one
     * @param bytes the bytes of all receipts
     * @param receipts how many there are
     * @param come the receipts with a step whose time has come, earliest first
     * @param over the receipts that are no longer kept
     */
    record Due(@Nullable Long next, long bytes, long receipts, List<String> come, List<String> over) {}

    /** @param most how many receipts of each kind */
    Due due(long now, int most) {
        List<?> answer = redis.execute(
                DUE_NOW,
                List.of(INDEX, DUE, TOTALS),
                text(now),
                text(now - properties.retention().toMillis()),
                String.valueOf(most));
        List<String> texts = answer.stream().map(String::valueOf).toList();
        int come = 4 + Integer.parseInt(texts.get(3));
        return new Due(
                texts.getFirst().isEmpty() ? null : Long.valueOf(texts.getFirst()),
                Long.parseLong(texts.get(1)),
                Long.parseLong(texts.get(2)),
                texts.subList(4, come),
                texts.subList(come, texts.size()));
    }

    /**
     * Records a step that is over.
     *
     * @param event the event that was published; empty if none had to be
     * @param next the step to come; null for none
     * @param nextAt its time
     * @return false if the receipt is forgotten, or another instance was faster
     */
    boolean over(String id, Step step, String event, long at, @Nullable Step next, long nextAt) {
        return number(redis.execute(
                        STEP,
                        List.of(key(id), DUE, SETTLED),
                        id,
                        step.text(),
                        event,
                        text(at),
                        text(StreamId.parse(id).millis()),
                        next == null ? "" : next.text(),
                        text(nextAt)))
                == 1;
    }

    void drop(String id) {
        redis.execute(DROP, List.of(key(id), INDEX, DUE, SETTLED, TOTALS), id);
    }

    /** The ids of receipts up to a time, newest first. */
    List<String> idsUpTo(long millis, int most) {
        List<?> ids = redis.execute(NEWEST, List.of(INDEX), text(millis), String.valueOf(most));
        return ids.stream().map(String::valueOf).toList();
    }

    /** A receipt without its users; null if there is none. */
    @Nullable
    Receipt find(String id) {
        List<@Nullable String> values =
                redis.<String, @Nullable String>opsForHash().multiGet(key(id), Receipt.FIELDS);
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value != null) {
                fields.put(Receipt.FIELDS.get(i), value);
            }
        }
        return receipt(id, fields);
    }

    /** A receipt and its users, in no order; null if there is none. */
    @Nullable
    WithUsers load(String id) {
        Map<String, String> fields = redis.<String, String>opsForHash().entries(key(id));
        Receipt receipt = receipt(id, fields);
        return receipt == null ? null : new WithUsers(receipt, users(fields));
    }

    /** A user of a receipt; null if its notification was not written to them, or there is no such receipt. */
    Receipt.@Nullable User user(String id, String userKey) {
        String value = redis.<String, String>opsForHash().get(key(id), USER + userKey);
        return value == null ? null : Receipt.User.of(userKey, value);
    }

    private static List<Receipt.User> users(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().startsWith(USER))
                .map(field -> Receipt.User.of(field.getKey().substring(USER.length()), field.getValue()))
                .toList();
    }

    private @Nullable Receipt receipt(String id, Map<String, String> fields) {
        String head = fields.get("head");
        if (head == null) {
            return null;
        }
        Map<Step, Receipt.Done> done = new EnumMap<>(Step.class);
        Stream.of(Step.REMINDER, Step.ESCALATION).forEach(step -> {
            String event = fields.get(step.text() + ":event");
            if (event != null) {
                long at = Long.parseLong(fields.getOrDefault(step.text() + ":at", "0"));
                done.put(step, new Receipt.Done(event, at, count(fields, step.text())));
            }
        });
        String next = fields.getOrDefault("step", "");
        return new Receipt(
                id,
                json.readValue(head, ReceiptHead.class),
                fields.getOrDefault("payload", "{}"),
                count(fields, Step.SENT.text()),
                count(fields, "users"),
                count(fields, "confirmed"),
                count(fields, "untracked"),
                next.isEmpty() ? null : Receipt.step(next),
                done);
    }

    private static int count(Map<String, String> fields, String field) {
        return Integer.parseInt(fields.getOrDefault(field, "0"));
    }

    private static long number(@Nullable Long answer) {
        return answer == null ? 0 : answer;
    }

    private static String text(long number) {
        return String.valueOf(number);
    }
}
