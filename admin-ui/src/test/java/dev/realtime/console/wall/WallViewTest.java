package dev.realtime.console.wall;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.realtime.console.live.EventFeed;
import dev.realtime.console.live.Happening;
import dev.realtime.console.parts.RunningTime;
import dev.realtime.console.testing.BoardStub;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.board.CallStage;
import dev.realtime.contracts.board.PersonStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The wallboard with a stub of the service. */
class WallViewTest extends ViewTest {

    @Autowired
    private EventFeed events;

    private WallView wall() {
        return find(WallView.class).single();
    }

    private String number(String tile) {
        WallTile found = find(WallTile.class).withClassName("wall-" + tile).single();
        return find(Span.class, found).withClassName("wall-number").single().getText();
    }

    private void waitingIs(String count) {
        await("so many calls to wait: " + count, () -> number("waiting").equals(count));
    }

    @Test
    void showsTheNumbersAndTheLongestWait() {
        service.board()
                .people
                .addAll(List.of(
                        BoardStub.person(7, "Анна", PersonStatus.FREE),
                        BoardStub.person(8, "Борис", PersonStatus.TALKING),
                        BoardStub.person(9, "Вера", PersonStatus.OFFLINE)));
        service.board()
                .calls
                .addAll(List.of(
                        BoardStub.call(1, CallStage.WAITING, null, Duration.ofSeconds(5)),
                        BoardStub.call(2, CallStage.WAITING, null, Duration.ofSeconds(90)),
                        BoardStub.call(3, CallStage.TALKING, 8, Duration.ofMinutes(3))));
        go("wall");
        waitingIs("2");
        assertThat(number("talking")).isEqualTo("1");
        assertThat(number("missed")).isEqualTo("0");
        assertThat(number("status-talking")).isEqualTo("1");
        assertThat(number("status-free")).isEqualTo("1");
        assertThat(number("status-ringing")).isEqualTo("0");
        assertThat(number("status-offline")).isEqualTo("1");
        String since = find(RunningTime.class, wall()).single().getElement().getAttribute("since");
        assertThat(since)
                .isEqualTo(
                        Long.toString(service.board().calls.get(1).stageSince().toEpochMilli()));
        service.board().calls.clear();
        Happening.event(events, Room.OPERATORS);
        waitingIs("0");
    }

    @Test
    void anOutageLeavesTheNumbersAndSaysThatTheyAreOld() {
        service.board().calls.add(BoardStub.call(1, CallStage.WAITING, null, Duration.ofSeconds(5)));
        go("wall");
        waitingIs("1");
        assertThat(wall().hasClassName("wall-stale")).isFalse();
        service.away(true);
        await("the numbers to be old", () -> wall().hasClassName("wall-stale"));
        await(
                "the banner",
                () -> find(Div.class, wall()).withClassName("away").exists()
                        && textOf(wall()).contains("has not answered since"));
        assertThat(number("waiting")).isEqualTo("1");
        service.away(false);
        await("fresh numbers", () -> !wall().hasClassName("wall-stale"));
    }

    @Test
    void aBoardThatIsBeingLoadedHasNoNumbers() {
        service.board().loading(true);
        go("wall");
        await("the reason", () -> textOf(wall()).contains("still collecting"));
        assertThat(number("waiting")).isEqualTo("–");
        service.board().loading(false);
        waitingIs("0");
        assertThat(wall().hasClassName("wall-stale")).isFalse();
    }
}
