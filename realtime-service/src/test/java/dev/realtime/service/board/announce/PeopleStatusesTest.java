package dev.realtime.service.board.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Room;
import dev.realtime.service.board.Board;
import dev.realtime.service.board.TestBoard;
import dev.realtime.service.presence.PresenceProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which statuses are told, with a stream in memory and a clock that stands until it is moved. */
class PeopleStatusesTest {

    private static final Duration LONG_ENOUGH = PeopleStatuses.DAMPING.plusMillis(100);

    private final TestBoard stream = new TestBoard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean leads = true;
    private boolean upToDate = true;

    private PeopleStatuses statuses(Board board, String... rooms) {
        return new PeopleStatuses(
                board,
                new PresenceProperties(List.of(rooms), Duration.ZERO, 20, Duration.ofSeconds(8)),
                stream,
                JsonMapper.builder().build(),
                () -> upToDate,
                () -> leads,
                stream::millis,
                () -> stream.millis() * 1_000_000,
                meters);
    }

    /** Lets time pass, with beats as often as they are asked for. */
    private void pass(PeopleStatuses statuses, Duration time) {
        long end = stream.millis() + time.toMillis();
        while (stream.millis() < end) {
            long next = Math.max(1, statuses.beat().toMillis());
            stream.pass(Duration.ofMillis(Math.min(next, end - stream.millis())));
        }
        statuses.beat();
    }

    private static String status(String status, String since) {
        return "{\"userId\":17,\"name\":\"Nina\",\"status\":\"" + status + "\",\"since\":\"2026-11-30T08:00:" + since
                + "Z\"}";
    }

    private double waiting() {
        return meters.get("realtime.board.waiting").gauge().value();
    }

    @Test
    void throughTheDayOfAnOperatorWithTheTimesOfTheChanges() {
        PeopleStatuses statuses = statuses(stream.board(), "directors");
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        pass(statuses, Duration.ofSeconds(2));
        stream.call(BroadcastEvent.CALL_NEW, "a", "ringing");
        pass(statuses, Duration.ofSeconds(2));
        stream.call(BroadcastEvent.CALL_UPDATED, "a", "answered");
        pass(statuses, Duration.ofSeconds(2));
        stream.call(BroadcastEvent.CALL_ENDED, "a", "");
        pass(statuses, Duration.ofSeconds(2));
        stream.presence(BroadcastEvent.USER_OFFLINE, 17, "operator");
        pass(statuses, Duration.ofSeconds(2));
        assertThat(stream.payloads())
                .containsExactly(
                        status("free", "00"),
                        status("ringing", "02"),
                        status("talking", "04"),
                        status("free", "06"),
                        status("offline", "08"));
        assertThat(stream.told).allSatisfy(event -> assertThat(event.rooms()).containsExactly(Room.DIRECTORS));
        assertThat(meters.get("realtime.board.announced").counter().count()).isEqualTo(5);
        assertThat(waiting()).isZero();
    }

    @Test
    void aChangeBackIsNotToldNorIsWhatLastedForAMoment() {
        PeopleStatuses statuses = statuses(stream.board(), "directors");
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        pass(statuses, LONG_ENOUGH);
        stream.call(BroadcastEvent.CALL_NEW, "a", "ringing");
        pass(statuses, Duration.ofMillis(400));
        assertThat(waiting()).isEqualTo(1);
        stream.call(BroadcastEvent.CALL_ENDED, "a", "missed");
        pass(statuses, Duration.ofSeconds(5));
        assertThat(stream.payloads()).containsExactly(status("free", "00"));
        stream.call(BroadcastEvent.CALL_NEW, "b", "ringing");
        pass(statuses, Duration.ofMillis(400));
        stream.call(BroadcastEvent.CALL_UPDATED, "b", "answered");
        pass(statuses, LONG_ENOUGH);
        assertThat(stream.payloads()).containsExactly(status("free", "00"), status("talking", "06.400"));
    }

    @Test
    void onlyOperators() {
        PeopleStatuses statuses = statuses(stream.board(), "directors");
        stream.presence(BroadcastEvent.USER_ONLINE, 1, "director");
        pass(statuses, Duration.ofSeconds(5));
        assertThat(stream.told).isEmpty();
    }

    @Test
    void theNextLeaderGoesOnWithoutTellingTwice() {
        PeopleStatuses one = statuses(stream.board(), "directors");
        PeopleStatuses two = statuses(stream.board(), "directors");
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        leads = false;
        pass(two, LONG_ENOUGH);
        assertThat(stream.told).isEmpty();
        leads = true;
        one.beat();
        stream.forgetKeys();
        two.beat();
        assertThat(stream.told).hasSize(1);
        stream.call(BroadcastEvent.CALL_NEW, "a", "ringing");
        pass(two, LONG_ENOUGH);
        one.beat();
        assertThat(stream.told).hasSize(2);
    }

    @Test
    void oneThatHasNotReadTheStreamToItsEndTellsNothing() {
        PeopleStatuses statuses = statuses(stream.board(), "directors");
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        upToDate = false;
        pass(statuses, Duration.ofSeconds(5));
        assertThat(stream.told).isEmpty();
        upToDate = true;
        statuses.beat();
        assertThat(stream.told).hasSize(1);
    }

    @Test
    void asManyASecondAsAllowedTheLongestUntoldFirst() {
        PeopleStatuses statuses = statuses(stream.board(), "directors");
        for (int user = 100; user < 150; user++) {
            stream.presence(BroadcastEvent.USER_ONLINE, user, "operator");
        }
        stream.pass(PeopleStatuses.DAMPING);
        statuses.beat();
        assertThat(stream.told).hasSize(20);
        assertThat(waiting()).isEqualTo(30);
        stream.presence(BroadcastEvent.USER_OFFLINE, 120, "operator");
        pass(statuses, Duration.ofMillis(999));
        assertThat(stream.told).hasSize(20);
        pass(statuses, Duration.ofSeconds(2));
        assertThat(stream.told).hasSize(49);
        assertThat(new HashSet<>(stream.payloads())).hasSize(49);
        assertThat(stream.payloads()).isSorted();
    }

    @Test
    void withoutARoomNothingRuns() {
        PeopleStatuses statuses = statuses(stream.board());
        statuses.start();
        assertThat(statuses.isRunning()).isFalse();
    }
}
