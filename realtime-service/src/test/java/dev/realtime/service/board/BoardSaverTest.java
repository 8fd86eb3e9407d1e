package dev.realtime.service.board;

import static dev.realtime.service.board.Events.DEFAULTS;
import static dev.realtime.service.board.Events.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.service.cluster.LeaderLease;
import dev.realtime.service.cluster.TestCluster;
import dev.realtime.service.rest.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances with the same board that would both save it. */
class BoardSaverTest {

    private static RedisClient redis;

    private long now = 1;
    private final BoardUnderTest one = new BoardUnderTest(redis, DEFAULTS);
    private final BoardUnderTest two = new BoardUnderTest(redis, DEFAULTS);
    private final LeaderLease leaseOfOne = TestCluster.lease(redis.template(), "aaaaAAAA", () -> now);
    private final LeaderLease leaseOfTwo = TestCluster.lease(redis.template(), "bbbbBBBB", () -> now);
    private final BoardSaver saverOfOne = new BoardSaver(one.board, one.store, one.epoch, leaseOfOne);
    private final BoardSaver saverOfTwo = new BoardSaver(two.board, two.store, two.epoch, leaseOfTwo);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void bothHaveAnEmptyBoard() {
        redis.clear();
        one.epoch.refresh();
        two.epoch.refresh();
        one.board.restart(id(0));
        two.board.restart(id(0));
        one.loader.beat();
        two.loader.beat();
    }

    private void read(long millis, String name, String json) {
        one.read(millis, name, json);
        two.read(millis, name, json);
    }

    private void aSecondPasses() {
        now += Duration.ofSeconds(1).toNanos();
    }

    private BoardUnderTest loaded(long after) {
        BoardUnderTest third = new BoardUnderTest(redis, DEFAULTS);
        third.epoch.refresh();
        third.board.restart(id(after));
        third.loader.beat();
        return third;
    }

    /** More events than one save takes would mean writing the whole board, so the saver is told long before. */
    @Test
    void theBoardSaysWhenThereIsEnoughForASave() {
        List<Integer> seen = new ArrayList<>();
        AtomicInteger read = new AtomicInteger();
        one.board.onMany(500, () -> seen.add(read.get()));
        while (read.get() < 1_600) {
            one.read(read.incrementAndGet(), "call:new", "{'id':" + read + "}");
            if (read.get() == 1_000) {
                saverOfOne.beat();
            }
        }
        assertThat(seen).containsExactly(500, 1_500);
    }

    @Test
    void theLeaderSavesWhatHasChanged() {
        saverOfOne.beat();
        read(10, "call:new", "{'id':1}");
        saverOfTwo.beat();
        assertThat(one.store.position(one.epoch.text())).isEqualTo(id(0));
        saverOfOne.beat();
        assertThat(one.store.position(one.epoch.text())).isEqualTo(id(10));
        assertThat(loaded(10).entries()).isEqualTo(one.entries());
    }

    @Test
    void aPositionAloneIsNotSavedAtOnce() {
        saverOfOne.beat();
        one.board.pass(id(10));
        saverOfOne.beat();
        assertThat(one.store.position(one.epoch.text())).isEqualTo(id(0));
    }

    @Test
    void theNextLeaderContinues() {
        read(10, "call:new", "{'id':1}");
        saverOfOne.beat();
        read(20, "call:new", "{'id':2}");
        leaseOfOne.release();
        saverOfTwo.beat();
        read(30, "call:ended", "{'id':1}");
        saverOfTwo.beat();
        assertThat(loaded(30).entries()).isEqualTo(one.entries());
    }

    @Test
    void twoLeadersDoNoHarm() {
        read(10, "call:new", "{'id':1}");
        saverOfOne.beat();
        read(20, "call:new", "{'id':2}");
        leaseOfOne.release();
        saverOfTwo.beat();
        read(30, "call:ended", "{'id':2}");
        leaseOfTwo.release();
        // Continues from a position that the saved board has left behind.
        saverOfOne.beat();
        aSecondPasses();
        saverOfOne.beat();
        assertThat(one.store.position(one.epoch.text())).isEqualTo(id(30));
        assertThat(loaded(30).entries()).isEqualTo(one.entries());
    }

    @Test
    void aBoardThatRedisLostAloneIsSavedWhole() {
        read(10, "call:new", "{'id':1}");
        saverOfOne.beat();
        redis.template().delete(redis.template().keys("realtime:{board}:*"));
        read(20, "call:new", "{'id':2}");
        saverOfOne.beat();
        assertThat(loaded(20).entries()).isEqualTo(one.entries()).hasSize(2);
    }

    @Test
    void aBoardOfAnotherEpochIsNotSaved() {
        read(10, "call:new", "{'id':1}");
        redis.clear();
        one.epoch.refresh();
        saverOfOne.beat();
        assertThat(redis.template().keys("realtime:{board}:*")).isEmpty();
    }

    @Test
    void whatRedisDidNotTakeIsSavedLater() {
        read(10, "call:new", "{'id':1}");
        redis.away(true);
        saverOfOne.beat();
        redis.away(false);
        aSecondPasses();
        saverOfOne.beat();
        assertThat(loaded(10).entries()).isEqualTo(one.entries());
    }

    @Test
    void theLastWordIsSavedAtTheEnd() {
        saverOfOne.beat();
        read(10, "call:new", "{'id':1}");
        one.board.pass(id(11));
        saverOfOne.stop();
        assertThat(one.store.position(one.epoch.text())).isEqualTo(id(11));
    }
}
