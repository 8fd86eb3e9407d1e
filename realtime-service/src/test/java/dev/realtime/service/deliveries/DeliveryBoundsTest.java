package dev.realtime.service.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.rest.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** How much waits, how much is written and how long it is kept; it beats when the test wants it. */
class DeliveryBoundsTest {

    private static final long MINUTE = 29_000_000;
    private static final int MOST_WAITING = 10_000;
    private static final int AT_ONCE = 250;

    private static RedisClient redis;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final DeliveryLog log = new DeliveryLog(
            redis.template(), new DeliveryProperties(Duration.ofMinutes(2), 1_000_000), "here1234", metrics);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.clear();
    }

    private static String id(long minute, int number) {
        return minute * 60_000 + "-" + number;
    }

    private static String key(long minute) {
        return "realtime:{delivered:" + minute + "}";
    }

    private double unnoted() {
        return metrics.counter("realtime.deliveries.unnoted").count();
    }

    @Test
    void noMoreThanTenThousandWait() {
        for (int n = 0; n < MOST_WAITING + 3; n++) {
            log.note(id(MINUTE, n), 1);
        }
        assertThat(unnoted()).isEqualTo(3);
    }

    @Test
    void aBeatWritesSomeAndTheNextOneFollowsAtOnceWhileMoreWait() {
        for (int n = 0; n < AT_ONCE + 1; n++) {
            log.note(id(MINUTE, n), 1);
        }
        assertThat(log.beat()).isZero();
        assertThat(redis.template().opsForHash().size(key(MINUTE))).isEqualTo(AT_ONCE);
        assertThat(log.beat()).isPositive();
        assertThat(redis.template().opsForHash().size(key(MINUTE))).isEqualTo(AT_ONCE + 1);
    }

    @Test
    void whatCannotBeWrittenIsCountedAndNotTriedAgain() {
        log.note(id(MINUTE, 1), 1);
        log.note(id(MINUTE, 2), 1);
        redis.away(true);
        log.beat();
        assertThat(unnoted()).isEqualTo(2);
        redis.away(false);
        log.note(id(MINUTE, 3), 1);
        log.beat();
        assertThat(log.of(List.of(id(MINUTE, 1), id(MINUTE, 2), id(MINUTE, 3)))).containsOnlyKeys(id(MINUTE, 3));
        assertThat(unnoted()).isEqualTo(2);
    }

    @Test
    void whoAsksWhileRedisIsAwayIsToldSo() {
        redis.away(true);
        assertThatThrownBy(() -> log.of(List.of(id(MINUTE, 1)))).isInstanceOf(DataAccessException.class);
    }

    @Test
    void eventsOfSeveralMinutesAreReadTogether() {
        log.note(id(MINUTE, 1), 5);
        log.note(id(MINUTE + 1, 1), 6);
        log.beat();
        assertThat(log.of(List.of(id(MINUTE, 1), id(MINUTE + 1, 1), id(MINUTE + 2, 1))))
                .isEqualTo(Map.of(id(MINUTE, 1), Map.of("here1234", 5), id(MINUTE + 1, 1), Map.of("here1234", 6)));
    }

    @Test
    void aMinuteIsKeptForAMinuteLongerThanItsEventsAreKnown() {
        log.note(id(MINUTE, 1), 1);
        log.beat();
        assertThat(redis.template().getExpire(key(MINUTE))).isBetween(121L, 180L);
    }

    @Test
    void whatIsNotedLaterKeepsTheWholeMinute() {
        log.note(id(MINUTE, 1), 1);
        log.beat();
        redis.template().expire(key(MINUTE), Duration.ofSeconds(60));
        log.note(id(MINUTE, 2), 1);
        log.beat();
        assertThat(redis.template().getExpire(key(MINUTE))).isGreaterThan(60);
    }

    @Test
    void afterItsTimeNothingIsKnownOfAMinute() {
        log.note(id(MINUTE, 1), 1);
        log.beat();
        redis.expire(key(MINUTE));
        assertThat(log.of(List.of(id(MINUTE, 1)))).isEmpty();
    }

    @Test
    void theLeastAndTheMostThatMayBeConfiguredAreFine() {
        assertThatCode(() -> new DeliveryProperties(Duration.ofMinutes(1), 100)).doesNotThrowAnyException();
        assertThatCode(() -> new DeliveryProperties(Duration.ofDays(7), 1_000_000))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(Duration.ofSeconds(59), 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeliveryProperties(Duration.ofMinutes(1), 1_000_001));
    }
}
