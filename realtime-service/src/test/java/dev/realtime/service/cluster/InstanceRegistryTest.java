package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The register on a real Redis, each instance with a clock of its own. */
class InstanceRegistryTest {

    private static final String SECRET = TestCluster.SECRET;
    private static final String ENTRIES = "realtime:{instances}";
    private static final String BEATS = "realtime:{instances}:beats";

    private static TestRedis server;
    private static LettuceConnectionFactory connections;
    private static StringRedisTemplate redis;

    private final List<InstanceRegistry> started = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = TestRedis.started();
        connections = new LettuceConnectionFactory("127.0.0.1", server.port());
        connections.afterPropertiesSet();
        connections.start();
        redis = new StringRedisTemplate(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.delete(List.of(ENTRIES, BEATS, ENTRIES + ":salt", ENTRIES + ":leader"));
    }

    @AfterEach
    void end() {
        started.forEach(InstanceRegistry::stop);
    }

    private InstanceRegistry instance(String name, String secret, Clock clock, BeatObserver... observers) {
        InstanceRegistry registry = TestCluster.registry(redis, name, secret, clock, System::nanoTime, observers);
        started.add(registry);
        return registry;
    }

    private InstanceRegistry start(String name) {
        InstanceRegistry registry = instance(name, SECRET, Clock.systemUTC());
        registry.start();
        return registry;
    }

    private static @Nullable Instance other(InstanceRegistry registry, String name) {
        return registry.others().stream()
                .filter(other -> other.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Test
    void instancesSeeEachOtherWithWhatTheyAnnounceWhateverTheirClocksSay() {
        InstanceRegistry first = start("AAAAAAAA");
        InstanceRegistry ahead = instance("BBBBBBBB", SECRET, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)));
        ahead.start();
        ahead.announce("canary", "reads");
        for (InstanceRegistry each : List.of(first, ahead)) {
            await().until(() -> each.others().size() == 1);
        }
        await().until(() -> other(first, "BBBBBBBB").attribute("canary").equals(Optional.of("reads")));
        Instance seen = other(first, "BBBBBBBB");
        assertThat(seen.address()).isEqualTo("192.0.2.1:" + (5000 + 'B'));
        assertThat(seen.protocol()).isEqualTo(Protocol.VERSION);
        assertThat(seen.silentFor()).isLessThan(Duration.ofSeconds(10));
        assertThat(seen.attribute("other")).isEmpty();

        ahead.announce("canary", "deaf");
        await().until(() -> other(first, "BBBBBBBB").attribute("canary").equals(Optional.of("deaf")));
        ahead.stop();
        await().until(() -> first.others().isEmpty());
        assertThat(redis.opsForZSet().score(BEATS, "BBBBBBBB")).isNull();
    }

    @Test
    void anInstanceThatHasJustRegisteredIsFoundAtOnceAndAnUnknownOneIsNot() throws Exception {
        InstanceRegistry first = start("AAAAAAAA");
        InstanceRegistry late = instance("CCCCCCCC", SECRET, Clock.systemUTC());
        assertThat(first.find("ZZZZZZZZ").get()).isEmpty();
        late.beat();
        assertThat(first.find("CCCCCCCC").get()).map(Instance::address).contains("192.0.2.1:" + (5000 + 'C'));
    }

    @Test
    void aDeadInstanceIsNotLiveAndStaysUntilItIsForgotten() throws Exception {
        InstanceRegistry first = instance("AAAAAAAA", SECRET, Clock.systemUTC());
        instance("DDDDDDDD", SECRET, Clock.systemUTC()).beat();
        double longAgo = redis.opsForZSet().score(BEATS, "DDDDDDDD") - 60_000;
        redis.opsForZSet().add(BEATS, "DDDDDDDD", longAgo);
        first.start();
        assertThat(first.others()).isEmpty();
        assertThat(first.find("DDDDDDDD").get()).isEmpty();
        // Nobody is told to be dead before everybody had the time to beat.
        await().atMost(Duration.ofSeconds(15))
                .until(() -> first.silent(Duration.ofSeconds(8)).containsKey("DDDDDDDD"));
        assertThat(first.silent(Duration.ofSeconds(8)).get("DDDDDDDD")).isGreaterThan(Duration.ofSeconds(59));
        assertThat(first.silent(Duration.ofMinutes(5))).isEmpty();
        assertThat(first.forget("DDDDDDDD", Duration.ofMinutes(5))).isFalse();
        assertThat(first.forget("DDDDDDDD", Duration.ofSeconds(8))).isTrue();
        assertThat(redis.opsForHash().hasKey(ENTRIES, "DDDDDDDD")).isFalse();
        await().until(() -> first.silent(Duration.ZERO).isEmpty());
    }

    @Test
    void thoseLongDeadAndThoseBeyondTheBoundGoByThemselves() {
        InstanceRegistry first = instance("AAAAAAAA", SECRET, Clock.systemUTC());
        for (int i = 0; i < RegisterStore.MOST + 5; i++) {
            String name = "%08d".formatted(i);
            redis.opsForZSet().add(BEATS, name, System.currentTimeMillis() - 60_000.0 - i);
            redis.opsForHash().put(ENTRIES, name, "x");
        }
        redis.opsForZSet()
                .add(
                        BEATS,
                        "EEEEEEEE",
                        System.currentTimeMillis() - Duration.ofDays(8).toMillis());
        first.beat();
        assertThat(redis.opsForZSet().zCard(BEATS)).isEqualTo(RegisterStore.MOST);
        assertThat(redis.opsForHash().size(ENTRIES)).isEqualTo(RegisterStore.MOST);
        assertThat(redis.opsForZSet().score(BEATS, "EEEEEEEE")).isNull();
        assertThat(redis.opsForZSet().score(BEATS, "AAAAAAAA")).isNotNull();
    }

    @Test
    void anAddressThatSomebodyElseWroteIsNotUsed() throws Exception {
        InstanceRegistry first = instance("AAAAAAAA", SECRET, Clock.systemUTC());
        instance("FFFFFFFF", SECRET, Clock.systemUTC()).beat();
        String entry = String.valueOf(redis.opsForHash().get(ENTRIES, "FFFFFFFF"));
        redis.opsForHash().put(ENTRIES, "FFFFFFFF", entry.replace("192.0.2.1:", "198.51.100.1:"));
        // Nor one that is another instance's.
        redis.opsForHash().put(ENTRIES, "GGGGGGGG", entry);
        redis.opsForZSet().add(BEATS, "GGGGGGGG", System.currentTimeMillis());
        first.beat();
        assertThat(first.others()).isEmpty();
        assertThat(first.allOthers()).hasSize(2).allMatch(other -> other.address() == null && !other.trusted());
        assertThat(first.find("FFFFFFFF").get()).isEmpty();
    }

    @Test
    void anotherSecretIsToldByFingerprintAndAnotherVersionByName() {
        SecretAgreement secrets = new SecretAgreement(new SimpleMeterRegistry());
        ForeignProtocols foreign = new ForeignProtocols();
        InstanceRegistry first = instance("AAAAAAAA", SECRET, Clock.systemUTC(), secrets, foreign);
        instance("HHHHHHHH", SECRET + "-other", Clock.systemUTC()).beat();
        redis.opsForHash().put(ENTRIES, "IIIIIIII", "7 whatever that version writes");
        redis.opsForZSet().add(BEATS, "IIIIIIII", System.currentTimeMillis());
        redis.opsForHash().put(ENTRIES, "JJJJJJJJ", "not an entry");
        redis.opsForZSet().add(BEATS, "JJJJJJJJ", System.currentTimeMillis());
        redis.opsForZSet().add(BEATS, "not a name\n", System.currentTimeMillis());
        first.beat();
        assertThat(secrets.problems()).containsExactly("JWT_SECRET differs between instances");
        assertThat(foreign.problems())
                .containsExactly("protocol_version: instance IIIIIIII speaks protocol version 7, this instance "
                        + Protocol.VERSION);
        assertThat(first.others()).isEmpty();
        assertThat(first.allOthers()).extracting(Instance::name).containsExactlyInAnyOrder("HHHHHHHH", "IIIIIIII");
    }

    @Test
    void afterATimeWithoutRedisNobodyIsTakenForDead() {
        TestRedis away = TestRedis.started();
        LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", away.port());
        factory.afterPropertiesSet();
        factory.start();
        try (away) {
            RegisterStore store = new RegisterStore(new StringRedisTemplate(factory));
            Roster roster = new Roster(new InstanceEntry(new JsonMapper(), SECRET));
            String entry = new InstanceEntry(new JsonMapper(), SECRET)
                    .write("KKKKKKKK", new InstanceEntry.Content("h:1", "1", "00", null, null));
            store.beat("KKKKKKKK", entry, "00");
            roster.take(store.beat("AAAAAAAA", "x", "00").rows(), "AAAAAAAA", "00");
            assertThat(roster.live()).containsOnlyKeys("KKKKKKKK");
            // As it looks after a minute without Redis.
            roster.take(List.of(new RegisterStore.Row("KKKKKKKK", Duration.ofMinutes(1), entry)), "AAAAAAAA", "00");
            assertThat(roster.live()).containsOnlyKeys("KKKKKKKK");
            assertThat(roster.silent(Duration.ZERO)).isEmpty();
        } finally {
            factory.destroy();
        }
    }

    @Test
    void attributesAreBounded() {
        InstanceRegistry first = instance("AAAAAAAA", SECRET, Clock.systemUTC());
        assertThatThrownBy(() -> first.announce("a", "x".repeat(257))).isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < 16; i++) {
            first.announce("a" + i, "x");
        }
        first.announce("a0", "y");
        assertThatThrownBy(() -> first.announce("b", "x")).isInstanceOf(IllegalStateException.class);
        assertThat(first.self().attribute("a0")).contains("y");
    }
}
