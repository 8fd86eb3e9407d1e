package dev.realtime.service.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.realtime.contracts.Room;
import dev.realtime.contracts.SocketPresence;
import dev.realtime.service.presence.OwnerRegister.Position;
import dev.realtime.service.presence.OwnerRegister.Remains;
import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The scripts {@code presence/owner-*}, one behaviour each. */
class OwnerRegisterTest {

    private static final String A = "aaaaAAAA";
    private static final String ENTRIES = "realtime:{presence:" + A + "}";

    private static RedisClient redis;

    private final PresenceUnderTest under = new PresenceUnderTest(redis, "selfSELF", Duration.ZERO);
    private final OwnerRegister owners = under.owners;
    private final SocketPresence socket = RedisBooks.socket("s", A, 17, null);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    private OptionalLong put(String generation) {
        return owners.write(A, generation, Map.of("0", under.fields.identity(socket)), List.of());
    }

    @Test
    void aGenerationBeginsEmptyAtNumberZero() {
        owners.begin(A, "g");
        assertThat(owners.position(A)).contains(new Position("g", 0));
        assertThat(owners.read(A)).contains(new Owner(A, "g", 0, Map.of()));
    }

    @Test
    void anotherGenerationTakesNothingFromTheOneBefore() {
        owners.begin(A, "g");
        put("g");
        owners.begin(A, "h");
        assertThat(owners.read(A)).contains(new Owner(A, "h", 0, Map.of()));
    }

    @Test
    void eachChangeHasTheNextNumber() {
        owners.begin(A, "g");
        assertThat(put("g")).hasValue(1);
        assertThat(owners.write(A, "g", Map.of(), List.of("0"))).hasValue(2);
        assertThat(owners.position(A)).contains(new Position("g", 2));
    }

    @Test
    void noChangeHasTheNumberOfTheLast() {
        owners.begin(A, "g");
        put("g");
        assertThat(owners.write(A, "g", Map.of(), List.of())).hasValue(1);
        assertThat(owners.position(A)).contains(new Position("g", 1));
    }

    @Test
    void whatIsWrittenIsReadWithItsNumber() {
        owners.begin(A, "g");
        owners.write(
                A,
                "g",
                Map.of("0", under.fields.identity(socket), SocketFields.room("0", Room.OPERATORS), "0"),
                List.of());
        assertThat(owners.read(A))
                .contains(new Owner(A, "g", 1, Map.of("0", RedisBooks.socket("s", A, 17, null, Room.OPERATORS))));
    }

    @Test
    void oneChangePutsAndDeletes() {
        owners.begin(A, "g");
        put("g");
        owners.write(A, "g", Map.of("1", under.fields.identity(socket)), List.of("0"));
        assertThat(owners.read(A).orElseThrow().sockets()).isEqualTo(Map.of("1", socket));
    }

    @Test
    void aChangeOfAGenerationThatIsOverDoesNothing() {
        owners.begin(A, "g");
        owners.begin(A, "h");
        assertThat(put("g")).isEmpty();
        assertThat(owners.read(A)).contains(new Owner(A, "h", 0, Map.of()));
    }

    @Test
    void aChangeOfAnInstanceThatIsNotThereDoesNothing() {
        assertThat(put("g")).isEmpty();
        assertThat(redis.template().hasKey(ENTRIES)).isFalse();
    }

    @Test
    void anInstanceThatEndedIsNotThere() {
        owners.begin(A, "g");
        put("g");
        owners.end(A);
        assertThat(owners.isThere(A)).isFalse();
        assertThat(owners.position(A)).isEmpty();
        assertThat(owners.read(A)).isEmpty();
    }

    @Test
    void whatIsReapedIsSetAsideAndTheGenerationIsOver() {
        owners.begin(A, "g");
        put("g");
        assertThat(owners.reap(A).orElseThrow().sockets()).containsExactly(socket);
        assertThat(put("g")).isEmpty();
        assertThat(owners.read(A)).isEmpty();
        assertThat(owners.isThere(A)).as("until its users are dealt with").isTrue();
    }

    @Test
    void anInstanceWithoutSocketsIsReapedToo() {
        owners.begin(A, "g");
        Remains remains = owners.reap(A).orElseThrow();
        assertThat(remains.generation()).isEqualTo("g");
        assertThat(remains.sockets()).isEmpty();
    }

    @Test
    void thereIsNothingToReapOfAnInstanceThatIsNotThere() {
        assertThat(owners.reap(A)).isEmpty();
    }

    @Test
    void anInstanceThatCameBackKeepsItsNewGenerationWhileTheOldOneIsDealtWith() {
        owners.begin(A, "g");
        put("g");
        owners.reap(A);
        owners.begin(A, "h");
        assertThat(owners.reap(A)).map(Remains::generation).contains("g");
        owners.forgetRemains(A);
        assertThat(owners.position(A)).contains(new Position("h", 0));
        assertThat(put("h")).hasValue(1);
    }

    @Test
    void whatWasLeftOfAnEarlierDeathIsNotTakenForTheNext() {
        redis.template().opsForHash().put(ENTRIES + ":reaped", "0", under.fields.identity(socket));
        owners.begin(A, "g");
        assertThat(owners.reap(A).orElseThrow().sockets()).isEmpty();
    }

    @Test
    void remainsOfAnotherProtocolVersionAreReportedAndLeft() {
        owners.begin(A, "g");
        owners.reap(A);
        redis.template().opsForHash().put(ENTRIES + ":reaped:state", "protocol", "98");
        assertThat(owners.reap(A)).isEmpty();
        assertThat(owners.isThere(A)).isTrue();
        assertThat(under.foreign.problems()).singleElement().asString().contains(A, "98");
    }

    @Test
    void theEpochStaysAsLongAsRedisKeepsItsData() {
        String epoch = owners.epoch();
        assertThat(owners.epoch()).isEqualTo(epoch);
        redis.clear();
        assertThat(owners.epoch()).isNotEqualTo(epoch);
    }

    @Test
    void aRedisThatDoesNotAnswerIsToldOf() {
        owners.begin(A, "g");
        redis.away(true);
        assertThatThrownBy(() -> owners.position(A)).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> put("g")).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(owners::epoch).isInstanceOf(DataAccessException.class);
        redis.away(false);
        assertThat(owners.position(A)).isEqualTo(Optional.of(new Position("g", 0)));
    }
}
