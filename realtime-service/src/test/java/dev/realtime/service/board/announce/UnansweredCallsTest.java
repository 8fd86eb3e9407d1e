package dev.realtime.service.board.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.backplane.BackplaneUnavailableException;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.backplane.PublishedEvent;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.TestBoard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** When calls are told, with a stream in memory and a clock that stands until it is moved. */
class UnansweredCallsTest {

    private final TestBoard stream = new TestBoard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private UnansweredProperties properties =
            new UnansweredProperties(Duration.ofSeconds(20), List.of("directors"), List.of());
    private boolean leads = true;
    private boolean upToDate = true;
    private boolean redisIsAway;
    /** What was published, duplicates included. */
    private int published;

    private UnansweredCalls calls(Board board) {
        return new UnansweredCalls(
                board,
                properties,
                new Publisher(),
                JsonMapper.builder().build(),
                () -> upToDate,
                () -> leads,
                stream::millis,
                () -> stream.millis() * 1_000_000,
                meters);
    }

    private final class Publisher implements EventPublisher {

        @Override
        public PublishedEvent publish(OutgoingEvent event) {
            if (redisIsAway) {
                throw new BackplaneUnavailableException("away", new IllegalStateException());
            }
            published++;
            return stream.publish(event);
        }
    }

    /** Lets time pass, with beats as often as they are asked for. */
    private void pass(UnansweredCalls calls, Duration time) {
        long end = stream.millis() + time.toMillis();
        while (stream.millis() < end) {
            long next = Math.max(1, calls.beat().toMillis());
            stream.pass(Duration.ofMillis(Math.min(next, end - stream.millis())));
        }
        calls.beat();
    }

    private void rings(String id) {
        stream.call(BroadcastEvent.CALL_NEW, id, "ringing");
    }

    @Test
    void aCallIsToldOnceWhenItsTimeHasCome() {
        UnansweredCalls calls = calls(stream.board());
        rings("a");
        pass(calls, Duration.ofMillis(19_999));
        assertThat(stream.told).isEmpty();
        pass(calls, Duration.ofMillis(60));
        assertThat(stream.payloads())
                .containsExactly(
                        "{\"call\":{\"id\":\"a\",\"stage\":\"waiting\",\"status\":\"ringing\",\"operatorId\":17,"
                                + "\"since\":\"2026-11-30T08:00:00Z\",\"stageSince\":\"2026-11-30T08:00:00Z\"},"
                                + "\"seconds\":20,\"step\":1}");
        assertThat(stream.told.getFirst().rooms()).containsExactly(Room.DIRECTORS);
        pass(calls, Duration.ofMinutes(5));
        assertThat(published).isEqualTo(1);
        assertThat(told()).isEqualTo(1);
    }

    private double told() {
        return meters.get("realtime.board.announced").counter().count();
    }

    private double waiting() {
        return meters.get("realtime.board.waiting").gauge().value();
    }

    @Test
    void anAnswerAMissedStatusOrTheEndSilencesIt() {
        UnansweredCalls calls = calls(stream.board());
        rings("answered");
        rings("missed");
        rings("ended");
        pass(calls, Duration.ofSeconds(19));
        stream.call(BroadcastEvent.CALL_UPDATED, "answered", "Answered");
        stream.call(BroadcastEvent.CALL_UPDATED, "missed", "missed");
        stream.call(BroadcastEvent.CALL_ENDED, "ended", "");
        pass(calls, Duration.ofMinutes(1));
        assertThat(stream.told).isEmpty();
    }

    @Test
    void eachStepIsToldOnceToItsRooms() {
        properties = new UnansweredProperties(
                Duration.ofSeconds(20),
                List.of("directors"),
                List.of(
                        new UnansweredProperties.Further(Duration.ofSeconds(40), List.of("city:Пермь", "everyone")),
                        new UnansweredProperties.Further(Duration.ofSeconds(60), List.of("directors"))));
        UnansweredCalls calls = calls(stream.board());
        rings("a");
        pass(calls, Duration.ofSeconds(21));
        assertThat(stream.told).hasSize(1);
        pass(calls, Duration.ofSeconds(20));
        assertThat(stream.told).hasSize(2);
        assertThat(stream.told.getLast().rooms()).containsExactly(Room.city("Пермь"), Room.parse("everyone"));
        assertThat(stream.payloads().getLast()).endsWith("\"seconds\":40,\"step\":2}");
        stream.call(BroadcastEvent.CALL_UPDATED, "a", "answered");
        pass(calls, Duration.ofMinutes(1));
        assertThat(stream.told).as("nobody hears of the third").hasSize(2);
    }

    @Test
    void threeInstancesTellOnceAndTheLeaderAloneAsksRedis() {
        UnansweredCalls leader = calls(stream.board());
        UnansweredCalls other = calls(stream.board());
        rings("a");
        stream.pass(Duration.ofSeconds(20));
        leads = false;
        other.beat();
        assertThat(published).as("others leave it to the leader").isZero();
        leads = true;
        leader.beat();
        leads = false;
        pass(other, Duration.ofSeconds(5));
        assertThat(published).isEqualTo(1);
        assertThat(stream.told).hasSize(1);
    }

    @Test
    void withoutALeaderTheOthersTellItWithinTheSecond() {
        leads = false;
        UnansweredCalls one = calls(stream.board());
        UnansweredCalls two = calls(stream.board());
        rings("a");
        pass(one, Duration.ofMillis(20_399));
        assertThat(stream.told).isEmpty();
        pass(one, Duration.ofMillis(101));
        assertThat(stream.told).hasSize(1);
        two.beat();
        assertThat(stream.told).hasSize(1);
    }

    @Test
    void othersWaitWhileTheyReadThatSomebodyTells() {
        UnansweredCalls leader = calls(stream.board());
        UnansweredCalls other = calls(stream.board());
        for (int n = 0; n < 1_000; n++) {
            rings("c" + n);
        }
        stream.pass(Duration.ofMinutes(1));
        for (int n = 0; n < 40; n++) {
            leads = true;
            leader.beat();
            leads = false;
            int before = published;
            other.beat();
            assertThat(published).isEqualTo(before);
            stream.pass(Duration.ofMillis(100));
        }
        assertThat(stream.told).hasSizeBetween(600, 999);
        // The leader dies.
        pass(other, Duration.ofSeconds(10));
        assertThat(stream.told).hasSize(1_000);
        assertThat(new HashSet<>(stream.payloads())).hasSize(1_000);
        assertThat(published).isEqualTo(1_000);
    }

    @Test
    void manyAtOnceAreToldInOrderAndNotAllAtOnce() {
        UnansweredCalls calls = calls(stream.board());
        for (int n = 0; n < 500; n++) {
            rings("c" + (1_000 + n));
        }
        stream.pass(Duration.ofMinutes(1));
        assertThat(waiting()).isEqualTo(500);
        pass(calls, Duration.ofMillis(999));
        assertThat(stream.told).hasSize(UnansweredCalls.PER_SECOND);
        assertThat(waiting()).isEqualTo(300);
        assertThat(stream.payloads()).isSorted();
        pass(calls, Duration.ofSeconds(3));
        assertThat(stream.told).hasSize(500);
        assertThat(waiting()).isZero();
    }

    @Test
    void whatComesDueWhileRedisIsAwayIsToldWhenItReturns() {
        UnansweredCalls calls = calls(stream.board());
        rings("a");
        rings("b");
        redisIsAway = true;
        pass(calls, Duration.ofSeconds(30));
        assertThat(stream.told).isEmpty();
        stream.call(BroadcastEvent.CALL_UPDATED, "b", "answered");
        redisIsAway = false;
        pass(calls, Duration.ofMillis(500));
        assertThat(stream.payloads()).hasSize(1).first().asString().contains("\"id\":\"a\"");
        assertThat(told()).isEqualTo(1);
    }

    @Test
    void aBoardThatIsNotLoadedTellsNothingAndAfterwardsWhatIsOverdue() {
        Board board = stream.unready();
        UnansweredCalls calls = calls(board);
        rings("a");
        pass(calls, Duration.ofSeconds(30));
        assertThat(stream.told).isEmpty();
        assertThat(waiting()).isZero();
        TestBoard.load(board);
        calls.beat();
        assertThat(stream.told).hasSize(1);
    }

    @Test
    void whatWasToldBeforeABoardWasLoadedIsNotToldAgain() {
        UnansweredCalls before = calls(stream.board());
        Board board = stream.unready();
        UnansweredCalls after = calls(board);
        rings("a");
        pass(before, Duration.ofSeconds(21));
        stream.forgetKeys();
        TestBoard.load(board);
        pass(after, Duration.ofMinutes(1));
        assertThat(published).isEqualTo(1);
    }

    @Test
    void anInstanceThatHasNotReadTheStreamToItsEndTellsNothing() {
        UnansweredCalls calls = calls(stream.board());
        rings("a");
        upToDate = false;
        pass(calls, Duration.ofMinutes(1));
        assertThat(published).isZero();
        upToDate = true;
        calls.beat();
        assertThat(published).isEqualTo(1);
    }

    @Test
    void oneThatIsOnItsWayIsNotToldAgainAtOnce() {
        Board board = stream.board();
        UnansweredCalls calls = new UnansweredCalls(
                board,
                properties,
                event -> {
                    published++;
                    return new PublishedEvent("1-1", false);
                },
                JsonMapper.builder().build(),
                () -> true,
                () -> true,
                stream::millis,
                () -> stream.millis() * 1_000_000,
                meters);
        rings("a");
        pass(calls, Duration.ofMillis(21_900));
        assertThat(published).isEqualTo(1);
        pass(calls, Duration.ofMillis(200));
        assertThat(published).as("it was lost").isEqualTo(2);
    }

    @Test
    void zeroIsNever() {
        properties = new UnansweredProperties(
                Duration.ZERO,
                List.of("directors"),
                List.of(new UnansweredProperties.Further(Duration.ofSeconds(5), List.of("directors"))));
        UnansweredCalls calls = calls(stream.board());
        rings("a");
        pass(calls, Duration.ofMinutes(1));
        assertThat(published).isZero();
        assertThat(waiting()).isZero();
        calls.start();
        assertThat(calls.isRunning()).isFalse();
    }
}
