package dev.realtime.service.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two instances on one Redis. */
class EpochTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestRedis redis;
    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate template;

    private final List<Object> toldHere = new CopyOnWriteArrayList<>();
    private final List<Object> toldThere = new CopyOnWriteArrayList<>();
    private final Epoch here = new Epoch(template, toldHere::add);
    private final Epoch there = new Epoch(template, this::tellThere);
    private volatile String textWhenTold = "";

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
    void begin() {
        template.delete(Epoch.KEY);
    }

    @AfterEach
    void stop() {
        here.stop();
        there.stop();
    }

    private void tellThere(Object event) {
        textWhenTold = there.text();
        toldThere.add(event);
    }

    private void start() {
        here.start();
        there.start();
        here.opened().toCompletableFuture().join();
        there.opened().toCompletableFuture().join();
    }

    private String agreed() {
        await().atMost(PATIENCE)
                .until(() -> here.text().equals(there.text()) && here.text().equals(inRedis()));
        return here.text();
    }

    private static String inRedis() {
        return template.opsForValue().get(Epoch.KEY);
    }

    @Test
    void allInstancesHaveTheSameAndItLasts() {
        start();
        String first = agreed();
        assertThat(Epoch.isEpoch(first)).isTrue();
        assertThat(template.getExpire(Epoch.KEY)).isEqualTo(-1);
        Epoch later = new Epoch(template, _ -> {});
        later.refresh();
        assertThat(later.text()).isEqualTo(first);
        assertThat(toldHere).isEmpty();
        assertThat(toldThere).isEmpty();
    }

    @Test
    void oneLossThatBothNoticeBeginsOne() {
        start();
        String before = agreed();
        here.renew("100-1");
        assertThat(here.text()).as("at once").isNotEqualTo(before);
        there.renew("100-2");
        // As the reader tells a loss twice, once after it came back and once at the next look.
        here.renew("100-1");
        String after = agreed();
        assertThat(after).isNotEqualTo(before);
        assertThat(toldHere).isEmpty();
        assertThat(toldThere).isEmpty();
    }

    @Test
    void oneThatTheOtherNoticesLaterBeginsNoThird() {
        start();
        String before = agreed();
        here.renew("200-1");
        await().atMost(PATIENCE).until(() -> !toldThere.isEmpty());
        String after = agreed();
        assertThat(toldThere).containsExactly(new EpochChanged(before, after));
        assertThat(textWhenTold)
                .as("nothing is delivered with the new one before")
                .isEqualTo(before);
        there.renew("200-9");
        assertThat(there.text()).isEqualTo(after);
        // The next loss is another one.
        there.renew("300-1");
        assertThat(there.text()).isNotEqualTo(after);
        assertThat(agreed()).isNotIn(before, after);
    }

    @Test
    void aKeyThatIsMissingIsSetAnewOnceForAll() {
        start();
        String before = agreed();
        template.delete(Epoch.KEY);
        await().atMost(PATIENCE).until(() -> !toldHere.isEmpty() && !toldThere.isEmpty());
        String after = agreed();
        assertThat(after).isNotEqualTo(before);
        assertThat(toldHere).containsExactly(new EpochChanged(before, after));
        assertThat(toldThere).containsExactly(new EpochChanged(before, after));
        here.renew("400-1");
        assertThat(here.text()).as("told by the reader as well").isEqualTo(after);
    }

    @Test
    void aRedisThatGoesBackToAFormerOneDoesNotBringItBack() {
        start();
        String first = agreed();
        here.renew("500-1");
        String second = agreed();
        template.opsForValue().set(Epoch.KEY, first);
        await().atMost(PATIENCE).until(() -> !List.of(first, second).contains(inRedis()));
        assertThat(agreed()).isNotIn(first, second);
    }

    @Test
    void aRenewalWhileRedisIsAwayCountsAtOnceAndReachesItLater() {
        start();
        String before = agreed();
        redis.freeze();
        String renewed;
        try {
            here.renew("600-1");
            renewed = here.text();
            assertThat(renewed).isNotEqualTo(before);
            assertThat(there.text()).isEqualTo(before);
        } finally {
            redis.thaw();
        }
        assertThat(agreed()).isEqualTo(renewed);
    }
}
