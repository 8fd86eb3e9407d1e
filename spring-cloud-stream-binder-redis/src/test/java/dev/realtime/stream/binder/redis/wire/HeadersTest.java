package dev.realtime.stream.binder.redis.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.MimeTypeUtils;

/** Which headers an entry carries, and as what they arrive. */
@ExtendWith(OutputCaptureExtension.class)
class HeadersTest {

    private final LostHeaders lost = new LostHeaders("events-out");

    @Test
    void headersKeepTheirTypes() {
        for (Object value : List.of(
                "text",
                true,
                1,
                2L,
                (short) 3,
                (byte) 4,
                'c',
                1.5,
                Double.NaN,
                2.5f,
                new BigInteger("123456789012345678901"),
                new BigDecimal("1.10"),
                new byte[] {1, -1},
                UUID.randomUUID(),
                URI.create("redis://localhost"),
                Instant.parse("2026-01-02T03:04:05.123456789Z"),
                new Date(1_764_000_000_123L),
                Duration.ofMillis(1_500),
                Period.ofDays(3),
                LocalDate.of(2026, 2, 28),
                LocalTime.of(23, 59, 1),
                LocalDateTime.of(2026, 2, 28, 1, 2),
                OffsetDateTime.parse("2026-02-28T01:02:03+04:00"),
                ZonedDateTime.parse("2026-02-28T01:02:03+03:00[Europe/Moscow]"),
                new int[] {1, 2},
                new long[] {1, Long.MAX_VALUE},
                new double[] {1.5, Double.POSITIVE_INFINITY},
                new boolean[] {true, false},
                new char[] {'a'},
                new String[] {"a", null, "b"},
                new Integer[] {1},
                new Double[] {1.0},
                new UUID[] {UUID.randomUUID()},
                new LocalDate[] {LocalDate.EPOCH},
                new Object[] {"a", 1L, new byte[] {1}},
                new int[][] {{1}, {2, 3}},
                List.of(1L, Duration.ZERO, List.of()),
                Map.of("@type", "user's own", "n", Map.of("d", LocalDate.EPOCH)))) {
            Object arrived = through(Map.of("h", value)).get("h");
            assertThat(arrived).describedAs(value.getClass().getSimpleName()).isEqualTo(value);
            if (!(value instanceof List || value instanceof Map || value instanceof int[][])) {
                assertThat(arrived).hasSameClassAs(value);
            }
        }
    }

    @Test
    void whatHasNoTypeOfItsOwnArrivesAsTextOrAList() {
        Map<String, Object> arrived = through(Map.of(
                "mime",
                MimeTypeUtils.APPLICATION_JSON,
                "enum",
                DayOfWeek.MONDAY,
                "builder",
                new StringBuilder("b"),
                "set",
                Set.of(1)));
        assertThat(arrived)
                .containsEntry("mime", "application/json")
                .containsEntry("enum", "MONDAY")
                .containsEntry("builder", "b")
                .containsEntry("set", List.of(1));
    }

    @Test
    void whatCannotBeCarriedIsToldOnceByName(CapturedOutput output) {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("good", "g");
        headers.put("thread", Thread.currentThread());
        headers.put("nested", Arrays.asList(1, new Object()));
        headers.put("keyed", Map.of(1, "one"));
        headers.put("cycle", cycle);
        Map<String, Object> arrived = through(headers);
        assertThat(arrived).containsEntry("good", "g").containsEntry("nested", List.of(1));
        assertThat(arrived).doesNotContainKey("thread");
        through(headers);
        assertThat(output.getOut().lines().filter(line -> line.contains("events-out")))
                .hasSize(4)
                .anyMatch(line -> line.contains("thread") && line.contains("java.lang.Thread"))
                .anyMatch(line -> line.contains("nested") && line.contains("java.lang.Object"))
                .anyMatch(line -> line.contains("keyed") && line.contains("java.lang.Integer"))
                .anyMatch(line -> line.contains("cycle"));
    }

    @Test
    void internalHeadersStayAndRoutingTravels() {
        Map<String, Object> arrived = through(Map.of(
                "spring.cloud.function.definition", "uppercase",
                "spring.cloud.stream.sendto.destination", "elsewhere",
                "scst_partition", 1,
                "target-protocol", "kafka",
                "redis_streamId", "1-1",
                "deliveryAttempt", 1));
        assertThat(arrived).containsOnlyKeys("spring.cloud.function.definition");
    }

    @Test
    void aTypeOfALaterVersionIsText() {
        byte[] json =
                "{\"a\":{\"@type\":\"colour\",\"value\":\"red\"},\"b\":{\"@type\":\"Colour[]\",\"value\":[\"red\"]}}"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(HeaderCodec.decode(json)).containsEntry("a", "red").containsEntry("b", List.of("red"));
    }

    private Map<String, Object> through(Map<String, Object> headers) {
        List<byte[]> fields = RecordCodec.encode(
                MessageBuilder.withPayload("p").copyHeaders(headers).build(), name -> true, lost);
        return RecordCodec.headers(new StreamRecord("events", "1-1", new byte[0], fields.get(3), false));
    }
}
