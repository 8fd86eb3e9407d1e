package dev.realtime.service.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class DeliveryLogTest {

    private static final long MINUTE = 29_000_000;
    private static final String KEY = "realtime:{delivered:" + MINUTE + "}";
    private static TestRedis redis;
    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate template;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final DeliveryLog here = log("here1234", 1_000);
    private final DeliveryLog there = log("there123", 1_000);

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
        template.delete(KEY);
    }

    @AfterEach
    void stop() {
        here.stop();
        there.stop();
    }

    private DeliveryLog log(String instance, int mostPerMinute) {
        return new DeliveryLog(template, new DeliveryProperties(Duration.ofHours(1), mostPerMinute), instance, metrics);
    }

    private static String id(int number) {
        return (MINUTE * 60_000 + number) + "-0";
    }

    @Test
    void everyInstanceNotesAndOneEventIsReadAlone() {
        here.start();
        there.start();
        IntStream.range(0, 600).forEach(n -> here.note(id(n), n));
        there.note(id(7), 3);
        await().until(() -> template.opsForHash().size(KEY) == 600);
        await().untilAsserted(() -> assertThat(here.of(List.of(id(7), id(8), id(999))))
                .isEqualTo(Map.of(id(7), Map.of("here1234", 7, "there123", 3), id(8), Map.of("here1234", 8))));
        assertThat(template.getExpire(KEY)).isBetween(3_600L, 3_660L);
        assertThat(here.of(List.of())).isEmpty();
    }

    @Test
    void readingOneEventCostsTheSameWhateverItsMinuteHas() {
        IntStream.range(0, 1_000).forEach(n -> template.opsForHash().put(KEY, id(n), "here1234=" + n));
        long before = bytesSent();
        for (int i = 0; i < 10; i++) {
            assertThat(here.of(List.of(id(500)))).hasSize(1);
        }
        // The minute has 30 KB.
        assertThat(bytesSent() - before).isLessThan(20_000);
    }

    private static long bytesSent() {
        try (var connection = connections.getConnection()) {
            return Long.parseLong(connection.serverCommands().info("stats").getProperty("total_net_output_bytes"));
        }
    }

    @Test
    void aFullMinuteTakesNoMoreEventsButWhatOthersNoteOfThoseItHas() {
        DeliveryLog small = log("here1234", 100);
        small.start();
        try {
            IntStream.range(0, 150).forEach(n -> small.note(id(n), 1));
            await().until(() -> metrics.counter("realtime.deliveries.unnoted").count() == 50);
            assertThat(template.opsForHash().size(KEY)).isEqualTo(100);
        } finally {
            small.stop();
        }
        there.start();
        there.note(id(3), 5);
        await().untilAsserted(() ->
                assertThat(there.of(List.of(id(3)))).isEqualTo(Map.of(id(3), Map.of("here1234", 1, "there123", 5))));
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryProperties(Duration.ofHours(1), 10))
                .withMessageContaining("realtime.deliveries.most-per-minute");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliveryProperties(Duration.ofDays(8), 1_000))
                .withMessageContaining("realtime.deliveries.retention");
    }
}
