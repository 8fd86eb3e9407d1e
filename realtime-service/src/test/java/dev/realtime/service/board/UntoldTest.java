package dev.realtime.service.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.realtime.contracts.BroadcastEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class UntoldTest {

    private final TestBoard stream = new TestBoard();
    private final Board board = stream.board();

    private List<String> calls(int told) {
        return Objects.requireNonNull(board.untold(untold -> untold.calls(told, stream.millis(), 100, call -> true)))
                .stream()
                .map(CallEntry::key)
                .toList();
    }

    private List<String> people() {
        return Objects.requireNonNull(board.untold(untold -> untold.people(stream.millis(), 100, person -> true)))
                .stream()
                .map(person -> person.key() + " " + person.status().wireName())
                .toList();
    }

    private long number(ToLongFunction<Untold> look) {
        return Objects.requireNonNull(board.untold(look::applyAsLong));
    }

    private void unanswered(String id, int step) {
        stream.event(
                BroadcastEvent.CALL_UNANSWERED,
                "{\"call\":{\"id\":\"" + id + "\"},\"seconds\":20,\"step\":" + step + "}");
    }

    @Test
    void callsWaitUntilSomebodyAnswersOrTheyEnd() {
        for (String id : List.of("a", "b", "c", "d")) {
            stream.call(BroadcastEvent.CALL_NEW, id, "ringing");
            stream.pass(Duration.ofMillis(1));
        }
        assertThat(calls(0)).containsExactly("a", "b", "c", "d");
        stream.call(BroadcastEvent.CALL_UPDATED, "b", "answered");
        stream.call(BroadcastEvent.CALL_UPDATED, "c", "missed");
        stream.call(BroadcastEvent.CALL_ENDED, "d", "over");
        stream.call(BroadcastEvent.CALL_UPDATED, "a", "still ringing");
        assertThat(calls(0)).containsExactly("a");
    }

    @Test
    void theOrderIsThatOfTheFirstEventWhateverCameLast() {
        stream.call(BroadcastEvent.CALL_NEW, "first", "ringing");
        stream.pass(Duration.ofSeconds(1));
        stream.call(BroadcastEvent.CALL_NEW, "second", "ringing");
        stream.call(BroadcastEvent.CALL_UPDATED, "first", "ringing");
        assertThat(calls(0)).containsExactly("first", "second");
        assertThat(number(untold -> untold.firstCall(0))).isEqualTo(stream.millis() - 1_000);
        assertThat(number(untold -> untold.firstCall(1))).isEqualTo(Untold.NONE);
        assertThat(number(untold -> untold.countCalls(0, stream.millis() - 1_000)))
                .isEqualTo(1);
    }

    @Test
    void aCallThatWasToldWaitsForTheNextStep() {
        stream.call(BroadcastEvent.CALL_NEW, "a", "ringing");
        unanswered("a", 1);
        assertThat(calls(0)).isEmpty();
        assertThat(calls(1)).containsExactly("a");
        unanswered("a", 1);
        assertThat(calls(1)).as("told again").containsExactly("a");
        unanswered("a", Untold.MOST_STEPS);
        assertThat(calls(1)).as("a step that nobody configures").isEmpty();
        stream.call(BroadcastEvent.CALL_UPDATED, "a", "answered");
        assertThat(number(Untold::toldCalls)).isEqualTo(3);
    }

    @Test
    void onlyOperatorsWhoseStatusIsNotThatOfTheLastEvent() {
        stream.presence(BroadcastEvent.USER_ONLINE, 1, "director");
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        assertThat(people()).containsExactly("17 free");
        stream.event(
                BroadcastEvent.USER_STATUS,
                "{\"userId\":17,\"status\":\"free\",\"since\":\"2026-11-30T07:59:59.250Z\"}");
        assertThat(people()).isEmpty();
        assertThat(board.people().entries().getLast().toldSince()).isEqualTo(stream.millis() - 750);
        stream.call(BroadcastEvent.CALL_NEW, "a", "ringing");
        assertThat(people()).containsExactly("17 ringing");
        stream.call(BroadcastEvent.CALL_ENDED, "a", "missed");
        assertThat(people()).as("free again").isEmpty();
    }

    @Test
    void whoeverWasNeverToldOfIsOffline() {
        stream.presence(BroadcastEvent.USER_ONLINE, 17, "operator");
        stream.presence(BroadcastEvent.USER_OFFLINE, 17, "operator");
        assertThat(people()).isEmpty();
    }
}
