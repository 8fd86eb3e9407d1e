package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Two instances that would both lead, with a clock that stands until it is moved. */
class LeaderLeaseTest {

    private static final String LEADER = "realtime:{instances}:leader";
    private static final long RENEWED_AFTER = TimeUnit.MILLISECONDS.toNanos(900);

    private static RedisClient redis;

    private long now = 1;
    private final LeaderLease one = TestCluster.lease(redis.template(), "AAAAAAAA", () -> now);
    private final LeaderLease two = TestCluster.lease(redis.template(), "BBBBBBBB", () -> now);

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

    @Test
    void oneInstanceLeadsUntilItLetsGo() {
        assertThat(one.hold()).isTrue();
        assertThat(two.hold()).isFalse();
        two.release();
        assertThat(one.hold()).isTrue();
        one.release();
        assertThat(two.hold()).isTrue();
    }

    @Test
    void aLeaseThatExpiredIsTheOthers() {
        one.hold();
        redis.expire(LEADER);
        assertThat(two.hold()).isTrue();
        now += RENEWED_AFTER;
        assertThat(one.hold()).as("it asks again, and is told who leads").isFalse();
    }

    @Test
    void whoseLeaseExpiredDoesNotEndTheOthers() {
        one.hold();
        redis.expire(LEADER);
        two.hold();
        one.release();
        assertThat(redis.template().opsForValue().get(LEADER)).isEqualTo("BBBBBBBB");
    }

    @Test
    void aLeaseEndsByItselfWithinThreeSeconds() {
        one.hold();
        assertThat(redis.template().getExpire(LEADER, TimeUnit.MILLISECONDS)).isBetween(1L, 3_000L);
    }

    @Test
    void aLeaseIsRenewedOnceASecondAndNotWheneverItIsAskedFor() {
        one.hold();
        redis.template().expire(LEADER, Duration.ofHours(1));
        now += RENEWED_AFTER - 1;
        assertThat(one.hold()).isTrue();
        assertThat(redis.template().getExpire(LEADER)).as("not yet").isGreaterThan(3);
        now += 1;
        assertThat(one.hold()).isTrue();
        assertThat(redis.template().getExpire(LEADER)).isLessThanOrEqualTo(3);
    }

    @Test
    void anInstanceThatRedisDidNotAnswerLeadsNoMoreAndAsksAgain() {
        one.hold();
        now += RENEWED_AFTER;
        redis.away(true);
        assertThatThrownBy(one::hold).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(one::hold).as("within the same second").isInstanceOf(DataAccessException.class);
        redis.away(false);
        assertThat(one.hold()).isTrue();
    }

    @Test
    void whoLetGoWithoutRedisLeadsNoMore() {
        one.hold();
        redis.away(true);
        assertThatThrownBy(one::release).isInstanceOf(DataAccessException.class);
        redis.clear();
        two.hold();
        assertThat(one.hold()).isFalse();
    }
}
