package dev.realtime.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import dev.realtime.console.language.Language;
import dev.realtime.console.testing.BoardStub;
import dev.realtime.console.testing.Sockets;
import dev.realtime.console.testing.ViewTest;
import dev.realtime.contracts.admin.InstanceReport;
import dev.realtime.contracts.admin.Instances;
import dev.realtime.contracts.board.CallStage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewViewTest extends ViewTest {

    private static InstanceReport instance(String name, String redis, long lag, Double p99) {
        return new InstanceReport(
                name, "1.2.3", 3_661, 3, 3, 80_000_000, 512_000_000, lag, 40, 20L, 1.5, p99, redis, List.of());
    }

    private OverviewView open() {
        go("");
        return find(OverviewView.class).single();
    }

    @Test
    void showsWhoIsOnlineLive() {
        service.sockets()
                .addAll(List.of(Sockets.operator(1), Sockets.operator(2), Sockets.socket(3, "director", null)));
        OverviewView view = open();
        await("three sockets", () -> textOf(view).contains("Sockets3"));
        assertThat(textOf(view)).contains("operator2").contains("director1").contains("websocket3");
        service.sockets().removeLast();
        await("two sockets", () -> textOf(view).contains("Sockets2"));
        assertThat(textOf(view)).doesNotContain("director1");
    }

    @Test
    void showsProblemsInWords() {
        service.instances(new Instances(
                List.of(instance("aaa", "up", 0, 3.0), instance("bbb", "down", 2_000, 900.0)), List.of("ccc")));
        OverviewView view = open();
        await("the silent one", () -> textOf(view).contains("Instance ccc does not answer."));
        assertThat(textOf(view))
                .contains("Instance bbb has no connection to Redis.")
                .contains("Instance bbb is 2,000 events behind.")
                .contains("Instance bbb delivers slowly: p99 is 900 ms.")
                .doesNotContain("Instance aaa is")
                .contains("1:01:01");
        service.instances(new Instances(List.of(instance("aaa", "up", 0, 3.0)), List.of()));
        await("the silent one to be forgotten", () -> !textOf(view).contains("Instance ccc"));
    }

    @Test
    void reportsAnUnavailableServiceFirstAndKeepsTheData() {
        service.sockets().add(Sockets.operator(1));
        OverviewView view = open();
        await("the socket", () -> textOf(view).contains("Sockets1"));
        service.away(true);
        await("it is said", () -> textOf(view).startsWith("The service has not answered since"));
        assertThat(textOf(view)).contains("Sockets1");
        service.away(false);
        await("it is no more", () -> !textOf(view).contains("The service has not answered since"));
    }

    @Test
    void warningsLeadToWhereOneActsAndCanBePutOff() {
        service.sockets().add(Sockets.operator(1, "operators"));
        service.board().calls.add(BoardStub.call(1, CallStage.WAITING, null, Duration.ofMinutes(5)));
        service.board().calls.add(BoardStub.call(2, CallStage.WAITING, null, Duration.ofSeconds(1)));
        OverviewView view = open();
        await("the late call", () -> textOf(view).contains("1 call has waited for too long."));
        await("the operator", () -> textOf(view).contains("1 socket of an operator has no city."));
        assertThat(find(Anchor.class, view).all())
                .extracting(Anchor::getHref)
                .contains("calls", "connections?role=operator&without=city");
        test(button("Put off for an hour: 1 call has waited for too long.")).click();
        await("it is put off", () -> textOf(view).contains("1 warning is put off for an hour."));
        assertThat(textOf(view)).doesNotContain("has waited for too long");
        test(button("Show again")).click();
        await("it is back", () -> textOf(view).contains("1 call has waited for too long."));
    }

    @Test
    void theAddressSelectsTheSpanOfTheCharts() {
        go("?range=hour");
        OverviewView view = find(OverviewView.class).single();
        await("the charts", () -> textOf(view).contains("an hour ago"));
    }

    @Test
    void inRussianToo() {
        UI.getCurrent().setLocale(Language.RUSSIAN.locale());
        service.sockets().add(Sockets.operator(1));
        go("rooms");
        OverviewView view = open();
        await("the socket", () -> textOf(view).contains("Сокетов1"));
        assertThat(textOf(view)).contains("Людей в сети1");
    }
}
