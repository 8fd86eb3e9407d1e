package dev.realtime.service.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.service.audit.AuditLog.Action;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.rest.TestRedis;
import dev.realtime.service.rest.TestService;
import dev.realtime.stream.binder.redis.StreamHistory.Limits;
import dev.realtime.testkit.LogLines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service notes in its Redis, where the audit may take {@value #MOST_BYTES} bytes. */
class AuditLogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 200_000;

    private static TestRedis server;
    private static TestService service;
    private static StringRedisTemplate redis;
    private static AuditLog log;

    @BeforeAll
    static void start() {
        server = TestRedis.started();
        service = TestService.start(
                server, "spring.cloud.stream.redis.bindings.audit-out.producer.max-length-bytes=" + MOST_BYTES + "B");
        redis = service.bean(StringRedisTemplate.class);
        log = service.bean(AuditLog.class);
    }

    @AfterAll
    static void stop() {
        service.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.delete(AuditLog.DESTINATION);
    }

    private static Action action(@Nullable String reason) {
        return new Action("irina", "admin", "203.0.113.7", "block", "17", reason, Map.of("minutes", 5));
    }

    private static List<JsonNode> records() {
        return redis.<String, String>opsForStream().range(AuditLog.DESTINATION, Range.unbounded()).stream()
                .map(record -> JSON.readTree(record.getValue().get("payload")))
                .toList();
    }

    private static List<AuditEntry> entries() {
        return service.bean(AuditTrail.class)
                .before(null, new Limits(1_000, 1_000_000, 8_000_000), any -> true)
                .items();
    }

    @Test
    void whatIsAboutToBeDoneIsInRedisWhenItIsNoted() {
        String id = log.begin(action("спам"));
        assertThat(records()).containsExactly(JSON.readTree("""
                                {"actor":"irina","role":"admin","address":"203.0.113.7","action":"block","target":"17",
                                 "reason":"спам","details":{"minutes":5}}"""));
        assertThat(entries()).extracting(AuditEntry::id).containsExactly(id);
    }

    @Test
    void whatNobodySaidIsNotWritten() {
        log.begin(new Action("irina", "viewer", "::1", "reveal-event", "1-0", null, Map.of()));
        assertThat(records().getFirst().propertyNames()).doesNotContain("reason", "details", "of", "outcome", "result");
    }

    @Test
    void whatCameOfItIsARecordOfItsOwn() {
        String id = log.begin(action(null));
        log.end(id, "done", Map.of("sockets", 2));
        assertThat(records().getLast())
                .isEqualTo(JSON.readTree("{\"of\":\"" + id + "\",\"outcome\":\"done\",\"result\":{\"sockets\":2}}"));
        assertThat(entries()).extracting(AuditEntry::outcome).containsExactly("done");
    }

    @Test
    void howMuchIsKeptIsBoundedAndTheLatestStay() {
        int entries = 300;
        String reason = " " + "x".repeat(MOST_BYTES / 200);
        for (int n = 0; n < entries; n++) {
            log.begin(action(n + reason));
        }
        await().atMost(PATIENCE).until(() -> records().size() <= 200);
        assertThat(records().getLast().get("reason").asString()).isEqualTo(entries - 1 + reason);
    }

    @Test
    void whatCannotBeNotedIsRefusedAndWhatWasNotedStays() {
        String before = log.begin(action("before"));
        server.stop();
        try (LogLines lines = new LogLines()) {
            assertThatThrownBy(() -> log.begin(action("away"))).isInstanceOf(BackplaneUnavailableException.class);
            log.end(before, "done", Map.of());
            assertThat(lines.lines()).anyMatch(line -> line.contains("The outcome of audit entry " + before));
        } finally {
            server.start();
        }
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            String after = log.begin(action("after"));
            assertThat(entries()).extracting(AuditEntry::id).startsWith(after).endsWith(before);
        });
        assertThat(records())
                .noneMatch(record -> record.path("reason").asString("").equals("away"));
    }
}
