package dev.realtime.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.stream.binder.redis.StreamHistory;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static TestRedis redis;
    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate template;

    private final AuditTrail trail = new AuditTrail(new StreamHistory(connections, ""), JSON);

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
        connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
        connections.afterPropertiesSet();
        connections.start();
        template = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void stopRedis() {
        connections.destroy();
        redis.close();
    }

    @BeforeEach
    void empty() {
        template.delete(AuditLog.DESTINATION);
    }

    private static String begin(String actor, String reason) {
        return add(AuditRecord.begun(
                new AuditLog.Action(actor, "admin", "203.0.113.7", "close-socket", "17", reason, Map.of())));
    }

    private static void end(String id) {
        add(AuditRecord.ended(id, "done", Map.of("sockets", 1)));
    }

    private static String add(AuditRecord record) {
        return String.valueOf(
                template.opsForStream().add(AuditLog.DESTINATION, Map.of("payload", JSON.writeValueAsString(record))));
    }

    @Test
    void anEntryHasItsOutcomeOnWhicheverPageItIs() {
        String first = begin("irina", "one");
        String second = begin("oleg", "two");
        // The outcome of the first one is behind the second, and so on the page before its own.
        end(second);
        end(first);
        String third = begin("irina", "three");

        Slice<AuditEntry> newest = trail.before(null, limits(2), entry -> true);
        assertThat(newest.items()).extracting(AuditEntry::id).containsExactly(third, second);
        assertThat(newest.items()).extracting(AuditEntry::outcome).containsExactly(null, "done");
        Slice<AuditEntry> older = trail.before(newest.before(), limits(2), entry -> true);
        assertThat(older.items()).extracting(AuditEntry::id).containsExactly(first);
        assertThat(older.items().getFirst().result()).isEqualTo(Map.of("sockets", 1));
        assertThat(older.before()).isNull();
    }

    @Test
    void largeEntriesMakeShortPagesAndNoneIsLeftOut() {
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
            ids.add(begin("irina", "x".repeat(50_000)));
        }
        List<String> found = new ArrayList<>();
        String before = null;
        int pages = 0;
        do {
            Slice<AuditEntry> page = trail.before(before, new Limits(500, 300_000, 1_000_000), entry -> true);
            assertThat(page.items().size()).isLessThanOrEqualTo(7);
            page.items().forEach(entry -> found.add(entry.id()));
            before = page.before();
            pages++;
        } while (before != null);
        assertThat(found).containsExactlyElementsOf(ids.reversed());
        assertThat(pages).isLessThan(10);
    }

    @Test
    void aFilterThatFitsNothingAnswersWithAPlaceToGoOn() {
        String wanted = begin("irina", "wanted");
        for (int n = 0; n < 30; n++) {
            begin("oleg", "x".repeat(50_000));
        }
        List<String> found = new ArrayList<>();
        String before = null;
        int pages = 0;
        do {
            Slice<AuditEntry> page = trail.before(
                    before,
                    new Limits(50, 1_000_000, 400_000),
                    entry -> entry.actor().equals("irina"));
            page.items().forEach(entry -> found.add(entry.id()));
            before = page.before();
            pages++;
        } while (before != null);
        assertThat(found).containsExactly(wanted);
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void whatIsNoRecordIsPassedOver() {
        String entry = begin("irina", "one");
        template.opsForStream().add(AuditLog.DESTINATION, Map.of("payload", "no JSON"));
        template.opsForStream().add(AuditLog.DESTINATION, Map.of("other", "field"));
        assertThat(trail.before(null, limits(10), any -> true).items())
                .extracting(AuditEntry::id)
                .containsExactly(entry);
    }

    private static Limits limits(int count) {
        return new Limits(count, 1_000_000, 8_000_000);
    }
}
