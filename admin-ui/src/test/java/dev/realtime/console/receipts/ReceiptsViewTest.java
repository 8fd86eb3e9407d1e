package dev.realtime.console.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.Page;
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptUser;
import dev.realtime.contracts.admin.ReceiptView;
import dev.realtime.contracts.admin.ReceiptView.Again;
import dev.realtime.contracts.admin.Sender;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = ReceiptsView.class)
class ReceiptsViewTest extends HistoryTest {

    private static final Instant SENT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant CONFIRMED = SENT.plusSeconds(7);
    private static final ReceiptUser ANNA = new ReceiptUser("17", 1, SENT, "sent", CONFIRMED);
    private static final ReceiptUser BORIS = new ReceiptUser("18", 2, SENT, "sent", null);

    @Test
    void saysThatThereIsNothing() {
        go("receipts");
        await("it is empty", () -> "Nobody has been asked to confirm anything yet.".equals(emptyText()));
    }

    @Test
    void showsWhoHasConfirmedAndWhoHasNot() {
        service.receipts.add(receipt("5-0", List.of(BORIS, ANNA), null, null));
        go("receipts?receipt=5-0");

        await("the people", () -> people() == 2);
        assertThat(textOf(panel()))
                .contains("1 of 2 people have confirmed")
                .contains("Авария на станции")
                .contains(" · irina")
                .contains("2 people, 3 sockets")
                .contains("to those who have not confirmed by then")
                .contains("All directors – ");
        assertThat(service.requests("GET", "/receipts/5-0").getFirst().query()).isEqualTo("page=0&size=100");

        service.receipts.set(
                0, receipt("5-0", List.of(ANNA, new ReceiptUser("18", 2, SENT, "sent", CONFIRMED)), null, null));
        await("both", () -> reads(panel(), "Everybody has confirmed (2 people)"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void theServiceSelectsThosePeopleWhoHaveNotConfirmed() {
        service.receipts.add(receipt("5-0", List.of(BORIS, ANNA), null, null));
        go("receipts?receipt=5-0&people=waiting");
        await("one of them", () -> people() == 1);
        assertThat(service.requests("GET", "/receipts/5-0").getFirst().query())
                .isEqualTo("confirmed=false&page=0&size=100");

        test(find(RadioButtonGroup.class, panel()).single()).selectItem("Everybody");
        await("both", () -> people() == 2);
    }

    @Test
    void tellsOfReminderAndEscalation() {
        Again reminder = new Again(SENT.plusSeconds(300), "6-0", 2);
        Again escalation = new Again(SENT.plusSeconds(600), null, 0);
        service.receipts.add(receipt("5-0", List.of(BORIS, ANNA), reminder, escalation));
        go("receipts?receipt=5-0");

        await("it is known", () -> people() == 2);
        assertThat(textOf(panel())).contains("written to 2 sockets").contains("everybody had confirmed");
    }

    @Test
    void saysThatAReceiptIsNotKept() {
        go("receipts?receipt=7-0");
        await("it says so", () -> reads(panel(), "It no longer exists."));
    }

    private ReceiptPanel panel() {
        return find(ReceiptPanel.class).single();
    }

    private int people() {
        return test(find(ReceiptPeople.class).single()).size();
    }

    private String emptyText() {
        return find(ReceiptTable.class).single().getEmptyStateText();
    }

    private static ReceiptDetail receipt(
            String id,
            List<ReceiptUser> users,
            @org.jspecify.annotations.Nullable Again reminder,
            @org.jspecify.annotations.Nullable Again escalation) {
        int confirmed =
                (int) users.stream().filter(user -> user.confirmedAt() != null).count();
        ReceiptView view = new ReceiptView(
                id,
                SENT,
                Map.of("message", "Авария на станции", "severity", "error"),
                Sender.admin("irina"),
                List.of("city:Саратов"),
                300,
                List.of("directors"),
                3,
                users.size(),
                confirmed,
                0,
                escalation == null,
                reminder,
                escalation);
        return new ReceiptDetail(view, new Page(0, 100, users.size()), users);
    }
}
