package dev.realtime.service.sendings;

import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.receipts.ReceiptProperties;
import dev.realtime.service.scripts.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sendings in Redis. Every method waits for Redis, and throws {@link org.springframework.dao.DataAccessException} when it
 * does not answer; see the package for the keys. Times are in milliseconds since 1970, by Redis' clock.
 */
@Component
class SendingStore {

    static final String INDEX = "realtime:{sendings}";
    private static final String DUE = INDEX + ":due";
    private static final String OVER = INDEX + ":over";
    private static final String TOTALS = INDEX + ":totals";

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> CREATE = Scripts.load("sendings/create", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> DUE_NOW = Scripts.load("sendings/due", List.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> NEWEST = Scripts.load("sendings/newest", List.class);

    private static final RedisScript<String> TAKE = Scripts.load("sendings/take", String.class);
    private static final RedisScript<String> SENT = Scripts.load("sendings/sent", String.class);
    private static final RedisScript<Long> FAIL = Scripts.load("sendings/fail", Long.class);
    private static final RedisScript<Long> CANCEL = Scripts.load("sendings/cancel", Long.class);
    private static final RedisScript<Long> RECALL = Scripts.load("sendings/recall", Long.class);
    private static final RedisScript<Long> TOLD = Scripts.load("sendings/told", Long.class);
    private static final RedisScript<Long> DROP = Scripts.load("sendings/drop", Long.class);

    /** How many sendings are forgotten for one new one. */
    private static final int MOST_FORGOTTEN = 1_000;

    private final StringRedisTemplate redis;
    private final SendingProperties properties;
    private final Duration retention;
    private final JsonMapper json;

    SendingStore(StringRedisTemplate redis, SendingProperties properties, ReceiptProperties receipts, JsonMapper json) {
        this.redis = redis;
        this.properties = properties;
        this.retention = receipts.retention();
        this.json = json;
    }

    private static String key(String id) {
        return INDEX + ":of:" + id;
    }

    private static String keyOf(@Nullable RequestKey key) {
        return INDEX + ":key:" + (key == null ? "none" : key.digest());
    }

    /** How an entry ended. */
    enum Entered {
        CREATED,
        /** The caller's key stands for an earlier sending. */
        REPEATED,
        /** The caller's key stands for another request. */
        REUSED,
        /** No more may wait. */
        WAITING,
        /** There is no room. */
        FULL
    }

    /** @param first the sending that the caller's key stands for; null without one */
    record Creation(Entered entered, @Nullable String first) {}

    /**
     * Enters a sending.
     *
     * @param lookAt when it has to be looked at
     */
    Creation create(SendingEntry entry, @Nullable RequestKey key, long lookAt) {
        Creation creation = tryCreate(entry, key, lookAt);
        for (int forgotten = 0;
                creation.entered() == Entered.FULL && forgotten < MOST_FORGOTTEN && dropOldest();
                forgotten++) {
            creation = tryCreate(entry, key, lookAt);
        }
        return creation;
    }

    private Creation tryCreate(SendingEntry entry, @Nullable RequestKey key, long lookAt) {
        List<String> answer = texts(redis.execute(
                CREATE,
                List.of(key(entry.id()), INDEX, DUE, TOTALS, keyOf(key)),
                entry.id(),
                json.writeValueAsString(entry.head()),
                entry.payload(),
                entry.stored().wireName(),
                text(entry.at()),
                entry.until() == null ? "" : text(entry.until()),
                text(lookAt),
                text(properties.maxBytes().toBytes()),
                text(properties.mostWaiting()),
                key == null ? "" : key.fingerprint(),
                key == null ? "0" : text(key.remembered().toMillis())));
        Entered entered = Entered.valueOf(answer.getFirst().toUpperCase(Locale.ROOT));
        return new Creation(entered, answer.size() > 1 ? answer.get(1) : null);
    }

    private boolean dropOldest() {
        Set<String> oldest = redis.opsForZSet().range(OVER, 0, 0);
        if (oldest == null || oldest.isEmpty()) {
            return false;
        }
        drop(oldest.iterator().next());
        return true;
    }

    /** Forgets a caller's key. */
    void release(RequestKey key) {
        redis.delete(keyOf(key));
    }

    /**
     * What has to be done.
     *
     * @param next the time of the next one; null without one
     * @param bytes the bytes of all sendings
     * @param sendings how many there are
     * @param waiting how many are held or planned
     * @param recalls changes with what was recalled
     * @param come those that have to be looked at now, earliest first
     * @param over those that are no longer kept
     */
    record Due(
            @Nullable Long next,
            long bytes,
            long sendings,
            long waiting,
            String recalls,
            List<String> come,
            List<String> over) {}

    /** @param most how many sendings of each kind */
    Due due(long now, int most) {
        List<String> texts = texts(redis.execute(
                DUE_NOW, List.of(INDEX, DUE, OVER, TOTALS, RecallStore.KEY), text(now), String.valueOf(most)));
        int come = 6 + Integer.parseInt(texts.get(5));
        return new Due(
                texts.getFirst().isEmpty() ? null : Long.valueOf(texts.getFirst()),
                Long.parseLong(texts.get(1)),
                Long.parseLong(texts.get(2)),
                Long.parseLong(texts.get(3)),
                texts.get(4),
                texts.subList(6, come),
                texts.subList(come, texts.size()));
    }

    /**
     * Takes a sending that has to be looked at.
     *
     * @param othersAt when others may take it
     * @return {@code sending} if it has to be sent, {@code recalled} if that has to be told; anything else if there is
     *     nothing to do
     */
    String take(String id, long now, long othersAt) {
        return String.valueOf(redis.execute(
                TAKE,
                List.of(key(id), DUE, OVER, TOTALS),
                id,
                text(now),
                text(othersAt),
                text(now + retention.toMillis())));
    }

    /** Notes that Redis has the event of a sending. */
    void sent(SendingEntry entry, String event, long sentAt) {
        long over = entry.until() == null ? sentAt : Math.max(sentAt, entry.until());
        redis.execute(
                SENT,
                List.of(key(entry.id()), DUE, OVER),
                entry.id(),
                event,
                text(sentAt),
                text(over + retention.toMillis()));
    }

    /** Gives up a sending that is on its way. */
    void fail(String id, String code, long now) {
        redis.execute(FAIL, List.of(key(id), DUE, OVER), id, code, text(now), text(now + retention.toMillis()));
    }

    /** Cancels a sending; false if it does not wait. */
    boolean cancel(String id, long now, String by) {
        return isDone(redis.execute(
                CANCEL, List.of(key(id), DUE, OVER, TOTALS), id, text(now), by, text(now + retention.toMillis())));
    }

    /**
     * Recalls a sending; false if it is not sent, or has run out.
     *
     * @param othersAt when others may tell of it
     */
    boolean recall(String id, Recalled recalled, long now, String by, long othersAt) {
        return isDone(redis.execute(
                RECALL,
                List.of(key(id), DUE, OVER, TOTALS, RecallStore.KEY),
                id,
                text(now),
                by,
                text(now + retention.toMillis()),
                text(othersAt),
                recalled.text(),
                text(RecallStore.MOST)));
    }

    /** Notes that a recall is in the stream. */
    void told(String id) {
        redis.execute(TOLD, List.of(key(id), DUE), id);
    }

    void drop(String id) {
        redis.execute(DROP, List.of(key(id), INDEX, DUE, OVER, TOTALS), id);
    }

    /** The newest ids before one, newest first; null for the newest of all. */
    List<String> idsBefore(@Nullable String id, int most) {
        return texts(redis.execute(NEWEST, List.of(INDEX), id == null ? "+" : "(" + id, String.valueOf(most)));
    }

    /** A sending; null if there is none. */
    @Nullable
    SendingEntry find(String id) {
        Map<String, String> fields = redis.<String, String>opsForHash().entries(key(id));
        String head = fields.get("head");
        return head == null
                ? null
                : new SendingEntry(
                        id,
                        json.readValue(head, SendingHead.class),
                        fields.getOrDefault("payload", "{}"),
                        SendingState.ofWireName(fields.getOrDefault("state", ""))
                                .orElse(SendingState.FAILED),
                        Long.parseLong(fields.getOrDefault("at", "0")),
                        number(fields.get("until")),
                        fields.get("event"),
                        number(fields.get("sentAt")),
                        number(fields.get("endedAt")),
                        fields.get("endedBy"),
                        fields.get("failure"));
    }

    private static @Nullable Long number(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Long.valueOf(text);
    }

    private static boolean isDone(@Nullable Long answer) {
        return answer != null && answer == 1;
    }

    private static List<String> texts(List<?> answer) {
        return answer.stream().map(String::valueOf).toList();
    }

    private static String text(long number) {
        return String.valueOf(number);
    }
}
