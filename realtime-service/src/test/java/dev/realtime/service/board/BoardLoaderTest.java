package dev.realtime.service.board;

import static dev.realtime.service.board.Events.DEFAULTS;
import static dev.realtime.service.board.Events.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.realtime.service.rest.RedisClient;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Two instances: one has the board, and the other one loads it. */
@ExtendWith(OutputCaptureExtension.class)
class BoardLoaderTest {

    private static RedisClient redis;

    private final BoardUnderTest one = new BoardUnderTest(redis, DEFAULTS);
    private final BoardUnderTest two = new BoardUnderTest(redis, DEFAULTS);

    @BeforeAll
    static void start() {
        redis = new RedisClient();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void bothKnowTheEpoch() {
        redis.clear();
        one.epoch.refresh();
        two.epoch.refresh();
        one.empty(one.epoch.text(), id(0), DEFAULTS);
    }

    private void save() {
        assertThat(one.store.replace(Objects.requireNonNull(one.board.everything())))
                .isEqualTo(BoardStore.Outcome.SAVED);
    }

    private void publishAndRead(long millis, String name, String json) {
        one.publish(millis, name, json);
        one.read(millis, name, json);
    }

    @Test
    void aSavedBoardIsBroughtUpToDateFromTheStream() {
        publishAndRead(10, "call:new", "{'id':1,'operatorId':5}");
        publishAndRead(11, "user:online", "{'userId':5}");
        save();
        publishAndRead(20, "call:updated", "{'id':1,'status':'answered'}");
        one.publishCanary(30);
        one.board.pass(id(30));
        publishAndRead(40, "call:new", "{'id':2}");
        two.board.restart(id(40));
        assertThat(two.board.isReady()).isFalse();
        two.loader.beat();
        assertThat(two.entries()).isEqualTo(one.entries()).hasSize(3);
        assertThat(two.position()).isEqualTo(id(40));
        assertThat(two.loader.opened().toCompletableFuture()).isCompleted();
    }

    @Test
    void eventsThatComeMeanwhileFollow() {
        save();
        publishAndRead(10, "call:new", "{'id':1}");
        publishAndRead(20, "call:new", "{'id':2}");
        two.board.restart(id(10));
        two.read(20, "call:new", "{'id':2}");
        two.board.pass(id(30));
        one.board.pass(id(30));
        two.loader.beat();
        assertThat(two.entries()).hasSize(2).isEqualTo(one.entries());
        assertThat(two.position()).isEqualTo(id(30));
    }

    @Test
    void noEventIsFoldedTwice() {
        // Saved at a later position than the one at which events began to wait.
        publishAndRead(10, "call:new", "{'id':1}");
        publishAndRead(20, "call:updated", "{'id':1,'status':'answered'}");
        publishAndRead(30, "call:updated", "{'id':1,'status':'on hold'}");
        save();
        two.board.restart(id(10));
        two.read(20, "call:updated", "{'id':1,'status':'answered'}");
        two.read(30, "call:updated", "{'id':1,'status':'on hold'}");
        two.read(40, "call:updated", "{'id':1,'city':'Казань'}");
        one.read(40, "call:updated", "{'id':1,'city':'Казань'}");
        two.loader.beat();
        assertThat(two.entries()).isEqualTo(one.entries());
    }

    @Test
    void anInstanceThatIsBehindCatchesUpFirst() throws Exception {
        publishAndRead(10, "call:new", "{'id':1}");
        publishAndRead(20, "call:new", "{'id':2}");
        save();
        two.board.restart(id(10));
        Thread loading = Thread.ofPlatform().start(two.loader::beat);
        two.read(20, "call:new", "{'id':2}");
        loading.join();
        assertThat(two.entries()).isEqualTo(one.entries());
        assertThat(two.position()).isEqualTo(id(20));
    }

    @Test
    void aPositionThatTheStreamNeverReachesDoesNotHoldTheBoardUp() {
        publishAndRead(1_000, "call:new", "{'id':1}");
        save();
        two.board.restart(id(10));
        two.loader.beat();
        assertThat(two.entries()).isEqualTo(one.entries());
        two.read(500, "call:ended", "{'id':1}");
        assertThat(two.position()).isEqualTo(id(1_000));
    }

    @Test
    void aLoadThatMissedEventsIsOfNoUse() {
        two.board.restart(id(10));
        Board.Task task = Objects.requireNonNull(two.board.task());
        two.board.restart(id(20));
        assertThat(two.board.install(task, "epoch1", new BoardState(DEFAULTS, id(10))))
                .isFalse();
        two.loader.beat();
        assertThat(two.position()).isEqualTo(id(20));
        publishAndRead(10, "call:new", "{'id':1}");
        two.board.restart(id(30));
        assertThat(two.board.isReady()).isFalse();
        assertThat(two.board.everything()).isNull();
    }

    @Test
    void whatWaitsIsBounded() {
        two.board.restart(id(10));
        for (int i = 1; i <= 100_001; i++) {
            two.board.pass(id(10 + i));
        }
        assertThat(Objects.requireNonNull(two.board.task()).after()).isEqualTo(id(100_011));
        two.loader.beat();
        assertThat(two.position()).isEqualTo(id(100_011));
    }

    @Test
    void aNewEpochBeginsEmptyForAll() {
        publishAndRead(10, "call:new", "{'id':1}");
        save();
        two.board.restart(id(10));
        two.loader.beat();
        assertThat(two.entries()).hasSize(1);
        redis.clear();
        two.epoch.refresh();
        one.epoch.refresh();
        one.loader.beat();
        two.loader.beat();
        assertThat(one.entries()).isEmpty();
        assertThat(two.entries()).isEmpty();
        assertThat(two.board.loadedEpoch()).isEqualTo(one.epoch.text()).isEqualTo(two.epoch.text());
    }

    @Test
    void whileRedisIsAwayTheBoardIsNotLoaded() {
        two.board.restart(id(10));
        redis.away(true);
        two.loader.beat();
        assertThat(two.board.isReady()).isFalse();
        assertThat(two.loader.problems()).isEmpty();
        redis.away(false);
        two.loader.beat();
        assertThat(two.board.isReady()).isTrue();
    }

    @Test
    void aRunningLoaderLoadsWheneverTheBoardAsks() {
        two.board.restart(id(10));
        two.loader.start();
        try {
            await().until(two.board::isReady);
            two.board.restart(id(20));
            await().until(two.board::isReady);
            assertThat(two.position()).isEqualTo(id(20));
        } finally {
            two.loader.stop();
        }
    }

    @Test
    void aStreamThatNoLongerReachesBackIsReported(CapturedOutput output) {
        publishAndRead(10, "call:new", "{'id':1}");
        save();
        two.publish(20, "call:ended", "{'id':1}");
        two.publish(30, "call:new", "{'id':2}");
        two.trim(1);
        two.board.restart(id(30));
        two.loader.beat();
        assertThat(two.entries()).extracting(Entry::key).containsExactly("1", "2");
        assertThat(output).containsOnlyOnce("The stream was trimmed up to 30-0 since the live board was saved at 10-0");
    }
}
