package dev.realtime.console.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.textfield.TextField;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Happening;
import dev.realtime.console.testing.BoardStub;
import dev.realtime.console.testing.StubService.Asked;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.PersonStatus;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The view of calls with a stub of the service. */
class CallsViewTest extends ViewTest {

    private static final String CALLS = "/api/v1/admin/board/calls";

    @Autowired
    private EventFeed events;

    private CallList list(CallStage stage) {
        return find(CallList.class).withClassName("calls-" + stage.wireName()).single();
    }

    @SuppressWarnings("unchecked")
    private Grid<CallRow> grid(CallStage stage) {
        return find(Grid.class, list(stage)).single();
    }

    private int size(CallStage stage) {
        return test(grid(stage)).size();
    }

    private void open(String address) {
        go(address);
        List.of(CallStage.WAITING, CallStage.TALKING, CallStage.MISSED).forEach(stage -> {
            size(stage);
            await("an answer", () -> !"Loading…".equals(grid(stage).getEmptyStateText()));
        });
    }

    @Test
    void aCallIsInTheListOfItsStageWithItsOperatorsName() {
        service.board().people.add(BoardStub.person(7, "Анна", PersonStatus.TALKING));
        service.board()
                .calls
                .addAll(List.of(
                        BoardStub.call(1, CallStage.WAITING, null, Duration.ofSeconds(5)),
                        BoardStub.call(2, CallStage.WAITING, 8, Duration.ofSeconds(90)),
                        BoardStub.call(3, CallStage.TALKING, 7, Duration.ofMinutes(3)),
                        BoardStub.call(4, CallStage.ENDED, 7, Duration.ofMinutes(3))));
        open("calls");
        await("2 rows", () -> size(CallStage.WAITING) == 2);
        // The longest wait first.
        assertThat(test(grid(CallStage.WAITING)).getRow(0).call().id()).isEqualTo(2);
        assertThat(test(grid(CallStage.WAITING)).getRow(0).operator()).isNull();
        // The list that asks for the names first is not the one that waits for them.
        await(
                "the operator's name",
                () -> size(CallStage.TALKING) == 1
                        && "Анна".equals(test(grid(CallStage.TALKING)).getRow(0).operator()));
        await("no rows", () -> size(CallStage.MISSED) == 0);
        assertThat(textOf(list(CallStage.WAITING))).contains("Waiting", "2");
        assertThat(grid(CallStage.MISSED).getEmptyStateText()).isEqualTo("Nothing was missed today.");
    }

    private static String midnight() {
        ZoneId zone = ZoneId.systemDefault();
        return LocalDate.now(zone).atStartOfDay(zone).toInstant().toString();
    }

    @Test
    void missedCallsAreThoseSinceMidnight() {
        String before = midnight();
        open("calls");
        List<Asked> missed = service.asked(CALLS).stream()
                .filter(asked -> asked.parameter("stage").contains("missed"))
                .toList();
        // The day may change meanwhile.
        assertThat(missed)
                .isNotEmpty()
                .allMatch(asked -> List.of(before, midnight()).containsAll(asked.parameter("after")));
        assertThat(missed).noneMatch(asked -> asked.parameter("after").isEmpty());
        assertThat(service.asked(CALLS))
                .filteredOn(asked -> asked.parameter("stage").contains("waiting"))
                .allMatch(asked -> asked.parameter("after").isEmpty());
    }

    @Test
    void aCallMovesFromListToList() {
        service.board().calls.add(BoardStub.call(1, CallStage.WAITING, 7, Duration.ofSeconds(5)));
        open("calls");
        await("1 rows", () -> size(CallStage.WAITING) == 1);
        service.board().calls.set(0, BoardStub.call(1, CallStage.TALKING, 7, Duration.ZERO));
        Happening.event(events, Room.OPERATORS);
        await("the answered call", () -> size(CallStage.TALKING) == 1 && size(CallStage.WAITING) == 0);
        service.board().calls.clear();
        Happening.event(events, Room.OPERATORS);
        await("its end", () -> size(CallStage.TALKING) == 0);
    }

    @Test
    void aCallThatTheServiceHeardOfLaterThanTheConsoleIsSeenToo() {
        open("calls");
        service.forgetAsked();
        Happening.event(events, Room.OPERATORS);
        await("the first look", () -> service.asked(CALLS).size() >= 3);
        service.board().calls.add(BoardStub.call(1, CallStage.WAITING, 7, Duration.ZERO));
        await("the second look", () -> size(CallStage.WAITING) == 1);
    }

    @Test
    void theServiceFiltersAllListsAndTheAddressSelectsTheFilter() {
        service.board().calls.add(BoardStub.call(1, CallStage.WAITING, 7, Duration.ofSeconds(5)));
        service.board().calls.add(BoardStub.call(22, CallStage.WAITING, 8, Duration.ofSeconds(5)));
        open("calls?operator=7");
        await("1 rows", () -> size(CallStage.WAITING) == 1);
        assertThat(hasButton("Remove filter: Operator 7")).isTrue();
        test(button("Remove filter: Operator 7")).click();
        await("2 rows", () -> size(CallStage.WAITING) == 2);
        test(find(TextField.class).withLabel("Search").single()).setValue("22");
        await("1 rows", () -> size(CallStage.WAITING) == 1);
    }

    @Test
    void linksLeadToTheEventsOfACall() {
        assertThat(CallCell.events(BoardStub.call(1, CallStage.WAITING, null, Duration.ZERO)))
                .startsWith("events?")
                .contains("text=1", "before=now");
        assertThat(CallCell.events(BoardStub.call(4, CallStage.MISSED, null, Duration.ZERO)))
                .contains("text=4", "before=20");
    }

    @Test
    void anOutageIsNotAnEmptyBoard() {
        service.away(true);
        open("calls");
        assertThat(grid(CallStage.WAITING).getEmptyStateText()).contains("does not answer");
        service.away(false);
        await("the answer", () -> "Nobody waits.".equals(grid(CallStage.WAITING).getEmptyStateText()));
    }
}
