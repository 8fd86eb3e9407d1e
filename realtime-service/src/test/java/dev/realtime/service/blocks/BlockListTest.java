package dev.realtime.service.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.cluster.ClusterClock;
import dev.realtime.service.rest.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class BlockListTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final ClusterClock CLOCK = new ClusterClock(Clock.systemUTC());
    private static TestRedis redis;
    private static LettuceConnectionFactory connections;

    private final BlockRegister register = new BlockRegister(connections);
    private final List<Object> told = new ArrayList<>();
    private final BlockList here = new BlockList(register, told::add, CLOCK, new SimpleMeterRegistry());
    private final BlockList elsewhere = new BlockList(register, event -> {}, CLOCK, new SimpleMeterRegistry());

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.started();
        connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
        connections.afterPropertiesSet();
        connections.start();
    }

    @AfterAll
    static void stopRedis() {
        connections.destroy();
        redis.close();
    }

    @BeforeEach
    void empty() {
        StringRedisTemplate template = new StringRedisTemplate(connections);
        template.delete(List.of("realtime:{blocks}", "realtime:{blocks}:version"));
    }

    @Test
    void aBlockIsKnownEverywhereAndToldOnce() {
        here.refresh();
        elsewhere.refresh();
        Block block = here.enter("17", HOUR).orElseThrow();
        here.refresh();
        assertThat(block.until())
                .isBetween(Instant.now().plusSeconds(3_590), Instant.now().plusSeconds(3_610));
        assertThat(here.blockedUntil("17")).contains(block.until());
        assertThat(here.blockedUntil("1")).isEmpty();
        elsewhere.refresh();
        assertThat(elsewhere.blocks()).containsExactly(block);
        // A later end is no new block: there is nothing left to close.
        here.enter("17", HOUR.multipliedBy(2));
        here.refresh();
        assertThat(told).containsExactly(new BlocksChanged(Set.of("17")));

        assertThat(elsewhere.remove("17")).isTrue();
        assertThat(elsewhere.remove("17")).isFalse();
        assertThat(here.blocks()).hasSize(1);
        here.refresh();
        assertThat(here.blocks()).isEmpty();
    }

    @Test
    void aBlockEndsByItself() {
        here.enter("17", Duration.ofMillis(300));
        here.refresh();
        assertThat(here.blockedUntil("17")).isPresent();
        await().until(() -> here.blockedUntil("17").isEmpty());
        assertThat(here.blocks()).isEmpty();
    }

    @Test
    void aFullListTakesNobodyButMakesRoomOfWhatHasRunOut() {
        register.put("1", HOUR, 2);
        register.put("2", Duration.ofMillis(1), 2);
        await().until(() -> register.put("3", HOUR, 2).isPresent());
        assertThat(register.put("4", HOUR, 2)).isEmpty();
        assertThat(register.put("1", HOUR, 2)).as("one that is in it").isPresent();
        assertThat(register.all()).containsOnlyKeys("1", "3");
    }

    @Test
    void whatIsNoTimeBlocksNobody() {
        new StringRedisTemplate(connections).opsForHash().put("realtime:{blocks}", "17", "soon");
        register.put("18", HOUR, 5);
        here.refresh();
        assertThat(here.blocks()).extracting(Block::userKey).containsExactly("18");
    }

    @Test
    void whatRedisLostIsPutBackAndKnownToOneThatStartsLater() {
        Block block = here.enter("17", HOUR).orElseThrow();
        here.refresh();
        empty();
        here.refresh();
        assertThat(here.blocks()).containsExactly(block);
        BlockList later = new BlockList(register, event -> {}, CLOCK, new SimpleMeterRegistry());
        later.refresh();
        assertThat(later.blocks()).containsExactly(block);
        assertThat(told).as("nobody's sockets are closed again").hasSize(1);
    }

    @Test
    void anEvictedListIsPutBackAlthoughItsVersionIsThere() {
        here.enter("17", HOUR);
        here.refresh();
        new StringRedisTemplate(connections).delete("realtime:{blocks}");
        here.refresh();
        assertThat(register.all()).containsOnlyKeys("17");
    }

    @Test
    void oneBlockThatRedisRolledBackIsPutBackBesideThoseItHas() {
        here.enter("17", HOUR);
        here.refresh();
        Map<Object, Object> old =
                new StringRedisTemplate(connections).opsForHash().entries("realtime:{blocks}");
        here.enter("18", HOUR);
        Instant longer = here.enter("17", HOUR.multipliedBy(3)).orElseThrow().until();
        here.refresh();
        empty();
        new StringRedisTemplate(connections).opsForHash().putAll("realtime:{blocks}", old);
        here.refresh();
        elsewhere.refresh();
        assertThat(elsewhere.blocks()).extracting(Block::userKey).containsExactlyInAnyOrder("17", "18");
        assertThat(elsewhere.blockedUntil("17")).contains(longer);
    }

    @Test
    void aBlockThatWasTakenBackNeverComesBackWhoeverPutsTheListBackFirst() {
        here.enter("17", HOUR);
        here.enter("18", HOUR);
        here.refresh();
        elsewhere.refresh();
        // Taken back, which the other instance has not read before everything is lost.
        assertThat(here.remove("17")).isTrue();
        here.refresh();
        empty();
        elsewhere.refresh();
        here.refresh();
        elsewhere.refresh();
        assertThat(elsewhere.blocks()).extracting(Block::userKey).containsExactly("18");
        assertThat(here.blocks()).extracting(Block::userKey).containsExactly("18");

        // Lost first, and taken back before the other one has put back what it knows.
        empty();
        assertThat(here.remove("18")).isTrue();
        elsewhere.refresh();
        here.refresh();
        assertThat(elsewhere.blocks()).isEmpty();
        assertThat(here.blocks()).isEmpty();
    }

    @Test
    void aBlockAfterOneThatWasTakenBackCounts() {
        here.enter("17", HOUR);
        here.remove("17");
        here.enter("17", HOUR);
        elsewhere.refresh();
        assertThat(elsewhere.blockedUntil("17")).isPresent();
    }

    @Test
    void whatHasRunOutIsNotPutBack() {
        here.enter("17", Duration.ofMillis(200));
        here.enter("18", HOUR);
        here.refresh();
        await().until(() -> here.blockedUntil("17").isEmpty());
        empty();
        here.refresh();
        assertThat(register.all()).containsOnlyKeys("18");
    }

    @Test
    void aRedisThatTakesNothingLetsNobodyIn() {
        StringRedisTemplate template = new StringRedisTemplate(connections);
        here.enter("17", HOUR);
        here.refresh();
        empty();
        config("maxmemory", "1");
        try {
            assertThatThrownBy(here::refresh).isInstanceOf(DataAccessException.class);
            assertThat(here.blockedUntil("17")).isPresent();
        } finally {
            config("maxmemory", "0");
        }
        here.refresh();
        assertThat(template.opsForHash().size("realtime:{blocks}")).isEqualTo(1);
    }

    private static void config(String name, String value) {
        try (var connection = connections.getConnection()) {
            connection.serverCommands().setConfig(name, value);
        }
    }
}
