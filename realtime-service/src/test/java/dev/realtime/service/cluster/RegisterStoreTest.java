package dev.realtime.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.service.cluster.RegisterStore.Row;
import dev.realtime.service.cluster.RegisterStore.Told;
import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The register's scripts; how long ago something was is told by Redis' clock alone. */
class RegisterStoreTest {

    private static final String ENTRIES = "realtime:{instances}";
    private static final String BEATS = "realtime:{instances}:beats";

    private static RedisClient redis;

    private final RegisterStore store = new RegisterStore(redis.template());

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

    /** An instance whose last beat was at this time of Redis'. */
    private static void lastBeat(String name, long millis) {
        redis.template().opsForHash().put(ENTRIES, name, "entry of " + name);
        redis.template().opsForZSet().add(BEATS, name, millis);
    }

    @Test
    void aBeatTellsRedisTime() {
        long before = redis.millis();
        long told = store.beat("AAAAAAAA", "entry", "salt").micros() / 1000;
        assertThat(told).isBetween(before, redis.millis());
    }

    @Test
    void anAgeIsRedisTimeLessTheLastBeats() {
        long before = redis.millis();
        lastBeat("BBBBBBBB", before - 5_000);
        Told told = store.beat("AAAAAAAA", "entry", "salt");
        Row found = store.find("BBBBBBBB").orElseThrow();
        Duration most = Duration.ofMillis(5_000 + redis.millis() - before);
        assertThat(told.rows().get(1).silentFor()).isBetween(Duration.ofMillis(5_000), most);
        assertThat(found.silentFor()).isBetween(told.rows().get(1).silentFor(), most);
    }

    @Test
    void aBeatAfterRedisTimeIsOfNow() {
        lastBeat("BBBBBBBB", redis.millis() + 3_600_000);
        assertThat(store.find("BBBBBBBB").orElseThrow().silentFor()).isZero();
        assertThat(store.beat("AAAAAAAA", "entry", "salt").rows())
                .extracting(Row::silentFor)
                .containsOnly(Duration.ZERO);
    }

    @Test
    void aBeatReadsAllInstancesTheLatestFirst() {
        long now = redis.millis();
        lastBeat("CCCCCCCC", now - 2_000);
        lastBeat("BBBBBBBB", now - 9_000);
        Told told = store.beat("AAAAAAAA", "my entry", "salt");
        assertThat(told.rows()).extracting(Row::name).containsExactly("AAAAAAAA", "CCCCCCCC", "BBBBBBBB");
        assertThat(told.rows())
                .extracting(Row::entry)
                .containsExactly("my entry", "entry of CCCCCCCC", "entry of BBBBBBBB");
    }

    @Test
    void anEntryIsTheOneOfTheLatestBeat() {
        store.beat("AAAAAAAA", "one", "salt");
        store.beat("AAAAAAAA", "two", "salt");
        assertThat(store.find("AAAAAAAA")).map(Row::entry).contains("two");
    }

    @Test
    void theFirstSaltIsEverybodys() {
        assertThat(store.beat("AAAAAAAA", "entry", "of A").salt()).isEqualTo("of A");
        assertThat(store.beat("BBBBBBBB", "entry", "of B").salt()).isEqualTo("of A");
    }

    @Test
    void anInstanceThatOnlyTouchedIsThereWithoutAnEntry() {
        store.touch("BBBBBBBB");
        assertThat(store.find("BBBBBBBB")).isEmpty();
        assertThat(store.beat("AAAAAAAA", "entry", "salt").rows())
                .filteredOn(row -> row.name().equals("BBBBBBBB"))
                .extracting(Row::entry)
                .containsExactly("");
    }

    @Test
    void anInstanceThatHasBeatenMeanwhileIsNotForgotten() {
        lastBeat("BBBBBBBB", redis.millis() - 60_000);
        store.touch("BBBBBBBB");
        assertThat(store.forget("BBBBBBBB", Duration.ofSeconds(30))).isFalse();
        assertThat(store.find("BBBBBBBB")).isPresent();
    }

    @Test
    void anInstanceThatWasSilentIsForgottenWithItsEntry() {
        lastBeat("BBBBBBBB", redis.millis() - 60_000);
        assertThat(store.forget("BBBBBBBB", Duration.ofSeconds(30))).isTrue();
        assertThat(redis.template().opsForHash().hasKey(ENTRIES, "BBBBBBBB")).isFalse();
        assertThat(redis.template().opsForZSet().score(BEATS, "BBBBBBBB")).isNull();
    }

    @Test
    void noSilenceAtAllForgetsInAnyCase() {
        store.beat("AAAAAAAA", "entry", "salt");
        assertThat(store.forget("AAAAAAAA", Duration.ZERO)).isTrue();
        assertThat(store.find("AAAAAAAA")).isEmpty();
    }

    @Test
    void whoIsNotThereIsForgottenAlready() {
        assertThat(store.forget("BBBBBBBB", Duration.ofDays(1))).isTrue();
        assertThat(store.find("BBBBBBBB")).isEmpty();
    }

    @Test
    void aRedisThatDoesNotAnswerIsToldOf() {
        redis.away(true);
        assertThatThrownBy(() -> store.beat("AAAAAAAA", "entry", "salt")).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> store.find("AAAAAAAA")).isInstanceOf(DataAccessException.class);
    }
}
