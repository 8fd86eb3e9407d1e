package dev.realtime.service.board;

import static dev.realtime.service.board.Events.DEFAULTS;
import static dev.realtime.service.board.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.board.BoardStore.Outcome;
import dev.realtime.service.rest.RedisClient;
import dev.realtime.stream.binder.redis.StreamId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The saved board in Redis. */
class BoardStoreTest {

    private static final String EPOCH = "epoch1";

    private static RedisClient redis;

    private final BoardUnderTest under = new BoardUnderTest(redis, DEFAULTS).empty(EPOCH, id(0), DEFAULTS);
    private final BoardStore store = under.store;

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

    private Outcome save(long from) {
        return store.save(Objects.requireNonNull(under.board.since(id(from))), id(from));
    }

    private Outcome replace() {
        return store.replace(Objects.requireNonNull(under.board.everything()));
    }

    private BoardState saved() {
        return Objects.requireNonNull(store.read(EPOCH, id(77)));
    }

    private static List<String> keys(BoardState state) {
        return state.calls.live().stream().map(CallEntry::key).toList();
    }

    @Test
    void theFirstReaderBeginsAnEmptyBoard() {
        assertThat(store.position(EPOCH)).isNull();
        assertThat(saved().position()).isEqualTo(id(77));
        assertThat(store.position(EPOCH)).isEqualTo(id(77));
        assertThat(Objects.requireNonNull(store.read(EPOCH, id(99))).position()).isEqualTo(id(77));
    }

    @Test
    void entriesComeBackAsTheyWere() {
        under.read(10, "call:new", "{'id':" + "9".repeat(30) + ",'status':'new','operatorId':5,'city':'Казань'}");
        under.read(11, "call:ended", "{'id':'17'}");
        under.read(12, "order:new", "{'id':9223372036854775807,'masterId':'м'}");
        under.read(13, "user:online", "{'userId':5,'name':'Anna'}");
        assertThat(replace()).isEqualTo(Outcome.SAVED);
        BoardState state = saved();
        assertThat(state.position()).isEqualTo(id(13));
        assertThat(state.calls.live()).isEqualTo(List.of(Objects.requireNonNull(state.calls.get("9".repeat(30)))));
        assertThat(Objects.requireNonNull(state.calls.get("9".repeat(30))).id())
                .isEqualTo(new BigInteger("9".repeat(30)));
        BoardUnderTest other = new BoardUnderTest(redis, DEFAULTS).empty(EPOCH, id(0), DEFAULTS);
        other.board.restart(id(13));
        assertThat(other.board.install(Objects.requireNonNull(other.board.task()), EPOCH, state))
                .isTrue();
        assertThat(other.entries()).isEqualTo(under.entries());
    }

    @Test
    void aSaveBringsChangesAndRemovals() {
        store.read(EPOCH, id(0));
        under.read(10, "call:new", "{'id':1}");
        under.read(20, "call:new", "{'id':2}");
        assertThat(save(0)).isEqualTo(Outcome.SAVED);
        long later = Duration.ofHours(4).toMillis() + 15;
        under.board.pass(id(later));
        assertThat(save(20)).isEqualTo(Outcome.SAVED);
        assertThat(keys(saved())).containsExactly("2");
        assertThat(store.position(EPOCH)).isEqualTo(id(later));
    }

    @Test
    void aStaleWriterChangesNothing() {
        store.read(EPOCH, id(0));
        BoardUnderTest slow = new BoardUnderTest(redis, DEFAULTS).empty(EPOCH, id(0), DEFAULTS);
        slow.read(10, "call:new", "{'id':1,'status':'old'}");
        under.read(10, "call:new", "{'id':1,'status':'old'}");
        under.read(20, "call:updated", "{'id':1,'status':'newer'}");
        assertThat(save(0)).isEqualTo(Outcome.SAVED);
        assertThat(store.save(Objects.requireNonNull(slow.board.since(id(0))), id(0)))
                .isEqualTo(Outcome.AHEAD);
        assertThat(store.replace(Objects.requireNonNull(slow.board.everything())))
                .isEqualTo(Outcome.AHEAD);
        assertThat(saved().position()).isEqualTo(id(20));
        assertThat(Objects.requireNonNull(saved().calls.get("1")).status()).isEqualTo("newer");
    }

    @Test
    void changesDoNotFollowAPositionThatRedisDoesNotHave() {
        under.read(10, "call:new", "{'id':1}");
        assertThat(save(5)).isEqualTo(Outcome.BEHIND);
        store.read(EPOCH, id(3));
        assertThat(save(5)).isEqualTo(Outcome.BEHIND);
        assertThat(saved().calls.size()).isZero();
    }

    @Test
    void positionsAreComparedAsNumbers() {
        StreamId nine = new StreamId(9, 9);
        StreamId later = new StreamId(9, 10);
        store.read(EPOCH, nine);
        BoardUnderTest next = new BoardUnderTest(redis, DEFAULTS).empty(EPOCH, later, DEFAULTS);
        assertThat(store.save(Objects.requireNonNull(next.board.since(later)), nine))
                .isEqualTo(Outcome.SAVED);
        assertThat(store.position(EPOCH)).isEqualTo(later);
        next.board.pass(new StreamId(10, 0));
        assertThat(store.save(Objects.requireNonNull(next.board.since(later)), later))
                .isEqualTo(Outcome.SAVED);
        assertThat(store.position(EPOCH)).isEqualTo(new StreamId(10, 0));
    }

    @Test
    void nobodyWritesWhileSomebodyReads() {
        store.read(EPOCH, id(0));
        under.read(10, "call:new", "{'id':1}");
        redis.template().opsForValue().set(BoardStore.key(EPOCH, "reading"), "another");
        assertThat(save(0)).isEqualTo(Outcome.HELD);
        assertThat(replace()).isEqualTo(Outcome.HELD);
        assertThat(store.position(EPOCH)).isEqualTo(id(0));
        // A reading takes the place of another, and ends only itself.
        store.read(EPOCH, id(0));
        assertThat(save(0)).isEqualTo(Outcome.SAVED);
    }

    @Test
    void aLargeBoardTravelsInParts() {
        for (int i = 0; i < 3_000; i++) {
            under.read(10 + i, i % 3 == 0 ? "order:new" : "call:new", "{'id':" + i + "}");
        }
        store.read(EPOCH, id(0));
        assertThat(save(0)).isEqualTo(Outcome.BEHIND);
        assertThat(replace()).isEqualTo(Outcome.SAVED);
        BoardState state = saved();
        assertThat(state.calls.size()).isEqualTo(2_000);
        assertThat(state.orders.size()).isEqualTo(1_000);
        assertThat(state.calls.live()).extracting(CallEntry::key).startsWith("1", "2", "4", "5");
        assertThat(redis.template().keys("realtime:{board}:*")).hasSize(3);
    }

    @Test
    void aWholeBoardReplacesWhatIsNotOnItAnyMore() {
        under.read(10, "call:new", "{'id':1}");
        replace();
        BoardUnderTest next = new BoardUnderTest(redis, DEFAULTS).empty(EPOCH, id(20), DEFAULTS);
        assertThat(store.replace(Objects.requireNonNull(next.board.everything())))
                .isEqualTo(Outcome.SAVED);
        assertThat(saved().calls.size()).isZero();
    }

    @Test
    void everythingExpiresOnceNobodySaves() {
        under.read(10, "call:new", "{'id':1}");
        replace();
        under.read(20, "call:new", "{'id':1}");
        save(10);
        for (String name : List.of("position", "calls")) {
            assertThat(redis.template().getExpire(BoardStore.key(EPOCH, name)))
                    .isGreaterThan(Duration.ofDays(7).toSeconds());
        }
    }

    @Test
    void whatCannotBeReadIsLeftOut() {
        under.read(10, "call:new", "{'id':1}");
        replace();
        redis.template().opsForHash().put(BoardStore.key(EPOCH, "calls"), "2", "{");
        assertThat(keys(saved())).containsExactly("1");
    }
}
