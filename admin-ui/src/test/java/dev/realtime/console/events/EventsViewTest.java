package dev.realtime.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.realtime.console.live.Passing;
import dev.realtime.console.parts.LightTable;
import dev.realtime.console.parts.LightTable.Row;
import dev.realtime.console.parts.ReasonDialog;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.console.why.WhyPanel;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.admin.WhyReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = EventsView.class)
class EventsViewTest extends HistoryTest {

    private static final long NOW = 1_764_063_000_000L;

    @Test
    void showsEventsLiveAndHoldsThemWhilePaused() {
        go("events");
        Passing.by(feed, Passing.event(NOW, "call:new", "4711", "operators", "operator:17"));
        await("the event is there", () -> ids().contains(NOW + "-0"));

        test(button("Pause")).click();
        Passing.by(feed, Passing.event(NOW + 1, "call:ended", "4711", "operators"));
        await("it is counted", () -> reads(find(EventsView.class).single(), "Paused; 1 new event since then"));
        assertThat(ids()).doesNotContain(NOW + 1 + "-0");

        test(button("Resume")).click();
        assertThat(ids()).startsWith(NOW + 1 + "-0");
    }

    @Test
    void theAddressSelectsFilterAndPage() {
        LongStream.range(0, 150).forEach(i -> service.events.add(event(NOW - i, Map.of("id", i), "operators")));
        go("events?before=now&event=call%3Anew&room=operators");

        await("the page is there", () -> ids().size() == 100);
        var asked = service.requests("GET", "/events").getFirst().query();
        assertThat(asked)
                .contains("event=call%3Anew")
                .contains("room=operators")
                .contains("count=100");

        test(button("Older")).click();
        await("the rest is there", () -> ids().size() == 50);
        assertThat(ids()).endsWith(NOW - 149 + "-0");

        test(button("Newer")).click();
        await("the first page is there again", () -> ids().size() == 100);
    }

    @Test
    void theServiceSearchesTheHistory() {
        service.events.add(event(NOW, Map.of("id", 4711), "operators"));
        go("events?before=now&text=4711&operator=" + "%D0%90%D0%BD%D0%BD%D0%B0"
                + "&city=%D0%A1%D0%B0%D1%80%D0%B0%D1%82%D0%BE%D0%B2");
        await("the page is there", () -> ids().size() == 1);
        test(find(TextField.class).withLabel("Phone number").single()).setValue("8 (912) 345-67-89");
        await("it is asked", () -> service.requests("GET", "/events").size() == 2);
        assertThat(service.requests("GET", "/events").getLast().query())
                .contains("subject=4711")
                .contains("operator=%D0%90%D0%BD%D0%BD%D0%B0")
                .contains("city=%D0%A1%D0%B0%D1%80%D0%B0%D1%82%D0%BE%D0%B2")
                .contains("phone=8%20%28912%29%20345-67-89");
    }

    @Test
    void masksNumbersUntilAReasonIsGiven() {
        service.events.add(event(NOW, Map.of("id", 1, "phone", "+•••••••••67"), "operators"));
        go("events?id=" + NOW + "-0");
        await("it is open", () -> find(Pre.class).exists());
        assertThat(payload()).contains("+•••••••••67").doesNotContain("+79271234567");

        test(button("Show numbers")).click();
        ReasonDialog dialog = find(ReasonDialog.class).single();
        Button confirm = find(Button.class, dialog).withText("Show numbers").single();
        test(confirm).click();
        assertThat(service.asked("GET", "/revealed")).isZero();

        test(find(TextArea.class, dialog).single()).setValue("The client complains");
        test(confirm).click();
        await("the number", () -> payload().contains("+79271234567"));
        assertThat(service.requests("GET", "/revealed").getFirst().query())
                .isEqualTo("reason=The%20client%20complains");
    }

    @Test
    void tellsWhyAUserGotAnEventOrNot() {
        service.events.add(event(NOW, Map.of("id", 1), "operators"));
        Instant closed = Instant.ofEpochMilli(NOW - 60_000);
        service.why(new WhyAnswer(
                NOW + "-0",
                Instant.ofEpochMilli(NOW),
                List.of("operators"),
                "17",
                WhyReason.OFFLINE,
                "gone",
                closed,
                List.of(new WhyAnswer.Socket(
                        "socket-1",
                        "q3Zk8fYw",
                        WhyReason.OFFLINE,
                        "gone",
                        closed,
                        closed.minusSeconds(60),
                        closed,
                        List.of())),
                List.of()));
        go("events?id=" + NOW + "-0&why=17");

        await(
                "the answer",
                () -> find(WhyPanel.class).exists()
                        && reads(find(WhyPanel.class).single(), "was offline"));
        assertThat(service.requests("GET", "/why").getFirst().query()).isEqualTo("event=" + NOW + "-0&user=17");
        assertThat(textOf(find(WhyPanel.class).single()))
                .contains("17: not delivered, was offline")
                .contains("The connection before had ended at")
                .contains("The connection broke.")
                .contains("socket-1")
                .contains("q3Zk8fYw");
    }

    @Test
    void saysWhenItIsNotKnownWhy() {
        service.events.add(event(NOW, Map.of("id", 1), "operators"));
        service.why(new WhyAnswer(
                NOW + "-0",
                Instant.ofEpochMilli(NOW),
                List.of("operators"),
                "17",
                WhyReason.UNKNOWN,
                WhyAnswer.INSTANCE_SILENT,
                null,
                List.of(),
                List.of("x8Lm2aTq")));
        go("events?id=" + NOW + "-0&why=17");

        await(
                "the answer",
                () -> find(WhyPanel.class).exists()
                        && reads(find(WhyPanel.class).single(), "17: not known"));
        assertThat(textOf(find(WhyPanel.class).single()))
                .contains("An instance does not answer")
                .contains("No answer from: x8Lm2aTq.")
                .doesNotContain("17: delivered");
    }

    @Test
    void asksNothingUntilSomebodyIsChosen() {
        service.events.add(event(NOW, Map.of("id", 1), "operators"));
        go("events?id=" + NOW + "-0");
        await("it is open", () -> find(Pre.class).exists());
        test(button("Why?")).click();
        assertThat(find(ComboBox.class).withLabel("Person").single().isInvalid())
                .isTrue();
        assertThat(service.asked("GET", "/why")).isZero();
    }

    @Test
    void doesNotOfferNumbersToAViewer() {
        service.events.add(event(NOW, Map.of("id", 1, "phone", "+•••••••••67"), "operators"));
        EventSheet sheet = new EventSheet(api, new ConsoleUser("vera", AdminRole.VIEWER), live, () -> {});
        sheet.show(NOW + "-0");
        await("it is open", () -> find(Pre.class).exists());

        assertThat(button("Show numbers").isEnabled()).isFalse();
    }

    /** The stream keeps the rooms, not who named them. */
    @Test
    void roomsAreNamedByTheSenderOnlyIfTheyAreNotTheUsualOnes() {
        service.events.add(event(NOW, Map.of("id", 1), "operators", "directors"));
        service.events.add(event(NOW - 1, Map.of("id", 1), "city:Саратов"));
        go("events?id=" + NOW + "-0");
        await("it is open", () -> reads(find(EventSheet.class).single(), "the usual rooms of such events"));
        go("events?id=" + (NOW - 1) + "-0");
        await("the other", () -> reads(find(EventSheet.class).single(), "named by the sender"));
    }

    @Test
    void htmlInAPayloadStaysText() {
        service.events.add(event(NOW, Map.of("id", "<img src=x onerror=alert(1)>"), "operators"));
        go("events?id=" + NOW + "-0");
        await("it is open", () -> find(Pre.class).exists());

        assertThat(payload()).contains("<img src=x onerror=alert(1)>");
        assertThat(find(Pre.class).single().getElement().getProperty("innerHTML"))
                .isNull();
    }

    @Test
    void reportsAnUnavailableService() {
        service.away(true);
        go("events?before=now");

        await("it says so", () -> reads(find(EventsView.class).single(), "The service does not answer"));
    }

    private String payload() {
        return find(Pre.class).single().getText();
    }

    private List<String> ids() {
        return find(LightTable.class).single().rows().stream().map(Row::id).toList();
    }

    private static EventView event(long number, Map<String, Object> payload, String... rooms) {
        return new EventView(
                number + "-0",
                Instant.ofEpochMilli(number),
                "call:new",
                List.of(rooms),
                List.of(rooms),
                payload,
                Map.of("q3Zk8fYw", 12));
    }
}
