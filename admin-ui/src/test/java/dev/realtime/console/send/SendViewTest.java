package dev.realtime.console.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import dev.realtime.console.live.Passing;
import dev.realtime.console.security.ConsoleUser;
import dev.realtime.console.testing.HistoryTest;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.AdminRole;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.ConfirmationRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ViewPackages(classes = SendView.class)
class SendViewTest extends HistoryTest {

    private static final AudiencePreview FIVE = new AudiencePreview(5, 7, Map.of("operator", 7), List.of("18"));

    @Test
    void showsTheReceiversSelectedByTheAddress() {
        service.reach(FIVE);
        go("send?room=city%3A%D0%A1%D0%B0%D1%80%D0%B0%D1%82%D0%BE%D0%B2&user=18&role=operator");

        await("it is counted", () -> reads(find(LiveReach.class).single(), "5 people, 7 sockets"));
        assertThat(textOf(find(LiveReach.class).single()))
                .contains("operator 7")
                .contains("will not receive it: 18");
        assertThat(service.requests("POST", "/audience").getFirst().body())
                .contains("\"rooms\":[\"city:Саратов\"]")
                .contains("\"roles\":[\"operator\"]")
                .contains("\"users\":[\"18\"]");
    }

    @Test
    void aDoubleClickSendsOnceAndTheReachIsCounted() {
        service.reach(FIVE);
        service.written(Map.of("q3Zk8fYw", 4, "x8Lm2aTq", 3));
        go("send?room=operators");
        say("Авария на станции");
        test(button("Send…")).click();
        ConfirmSend dialog = find(ConfirmSend.class).single();
        Button now = button("Send now");
        await("it is counted again", now::isEnabled);
        assertThat(textOf(dialog)).contains("Авария на станции").contains("All operators");

        now.click();
        now.click();

        await("it is sent", () -> service.asked("POST", "/notifications") > 0);
        assertThat(service.requests("POST", "/notifications").getFirst().body())
                .contains("\"message\":\"Авария на станции\"")
                .contains("\"severity\":\"info\"");
        await("it is counted", () -> reads(find(Progress.class).single(), "Written to 7 of 7 sockets so far"));
        assertThat(textOf(find(Progress.class).single())).contains("x8Lm2aTq 3");
        assertThat(service.asked("POST", "/notifications")).isEqualTo(1);
        await("it stands still", () -> textOf(find(Progress.class).single()).startsWith("Written to 7 of 7 socketsq"));
    }

    @Test
    void sendingToEverybodyNeedsAnExtraTick() {
        service.reach(FIVE);
        go("send?room=everyone");
        say("All of you");
        test(button("Send…")).click();
        ConfirmSend dialog = find(ConfirmSend.class).single();
        Checkbox sure = find(Checkbox.class, dialog).single();
        await("it is counted", () -> sure.getLabel().equals("Yes, to everybody (5 people)"));
        button("Send now").click();
        assertThat(button("Send now").isEnabled()).isFalse();
        assertThat(service.asked("POST", "/notifications")).isZero();

        test(sure).click();
        test(button("Send now")).click();
        await("it is sent", () -> service.asked("POST", "/notifications") == 1);
        assertThat(service.requests("POST", "/notifications").getFirst().body()).contains("\"everybody\":true");
    }

    @Test
    void showsThePlaceOfAJsonErrorAndDoesNotSend() {
        go("send?room=operators");
        say("Hello");
        TextArea data = find(TextArea.class).withLabel("Data").single();
        test(data).setValue("{\n  \"order\": oops\n}");
        assertThat(data.getErrorMessage()).startsWith("Invalid JSON at line 2, column 1");

        test(button("Send…")).click();
        assertThat(find(ConfirmSend.class).exists()).isFalse();
        test(data).setValue("[1]");
        assertThat(data.getErrorMessage()).contains("Not a JSON object");
        test(data).setValue("{\"order\": 1001}");
        assertThat(data.isInvalid()).isFalse();
    }

    @Test
    void sendsNothingTwiceIfTheServiceDoesNotAnswer() {
        service.reach(FIVE);
        go("send?room=operators");
        say("Hello");
        test(button("Send…")).click();
        Button now = button("Send now");
        await("it is counted", now::isEnabled);
        service.away(true);
        test(now).click();

        ConfirmSend dialog = find(ConfirmSend.class).single();
        await("it says so", () -> textOf(dialog).contains("Whether the notification was sent is unknown"));
        assertThat(now.isEnabled()).isFalse();
    }

    @Test
    void showsNotificationsOfOthersAndSendsThemAgain() {
        go("send");
        await("there is nothing", () -> reads(find(SentHistory.class).single(), "Nothing has been sent yet."));
        Instant now = Instant.now();
        service.audit.add(new AuditEntry(
                now.toEpochMilli() + "-0",
                now,
                "irina",
                "admin",
                "203.0.113.7",
                "notify",
                "2 rooms",
                null,
                Map.of(
                        "rooms",
                        List.of("city:Саратов", "role:director"),
                        "notification",
                        Map.of("message", "Обновление в 22:00", "severity", "warning", "type", "maintenance")),
                "done",
                Map.of("event", "7-0", "users", 5, "sockets", 7)));
        Passing.by(feed, Passing.event(now.toEpochMilli(), "notification", "warning", "city:Саратов"));
        await("it is there", () -> reads(find(SentHistory.class).single(), "Обновление в 22:00"));

        test(button("Send again")).click();
        assertThat(find(TextArea.class).withLabel("Message").single().getValue())
                .isEqualTo("Обновление в 22:00");
        assertThat(Audiences.rooms(find(AudienceFields.class).single().value()))
                .extracting(Object::toString)
                .containsExactly("city:Саратов", "role:director");
    }

    @Test
    @SuppressWarnings("unchecked")
    void saysAtEachFieldWhatIsMissing() {
        go("send");
        test(button("Send…")).click();

        assertThat(find(ConfirmSend.class).exists()).isFalse();
        MultiSelectComboBox<Room> rooms =
                find(MultiSelectComboBox.class).withLabel("Rooms").single();
        assertThat(rooms.isInvalid()).isTrue();
        assertThat(rooms.getErrorMessage()).isEqualTo("Choose the receivers first.");
        TextArea message = find(TextArea.class).withLabel("Message").single();
        assertThat(message.isInvalid()).isTrue();

        test(find(Checkbox.class, find(AudienceFields.class).single()).single()).click();
        assertThat(rooms.isInvalid()).isFalse();
    }

    @Test
    void asksForConfirmation() {
        service.reach(FIVE);
        go("send?room=operators");
        say("Авария на станции");
        ConfirmFields fields = find(ConfirmFields.class).single();
        test(find(Checkbox.class, fields).single()).click();
        IntegerField within = find(IntegerField.class, fields).single();
        test(within).setValue(300);
        assertThat(within.isInvalid()).isTrue();
        test(button("Send…")).click();
        assertThat(find(ConfirmSend.class).exists()).isFalse();

        fields.show(new ConfirmationRequest(120, List.of("directors")));
        test(button("Send…")).click();
        assertThat(textOf(find(ConfirmSend.class).single()))
                .contains("reminder after 2 minutes, after as long again escalation to: All directors.");
        Button now = button("Send now");
        await("it is counted", now::isEnabled);
        test(now).click();
        await("it is sent", () -> service.asked("POST", "/notifications") == 1);
        assertThat(service.requests("POST", "/notifications").getFirst().body())
                .contains("\"confirm\":{\"within\":120,\"escalateTo\":[\"directors\"]}");
        await("the receipt", () -> service.asked("GET", "/receipts/5000-0") > 0);
    }

    @Test
    void tellsAViewerWhyTheyCannotSend() {
        UI.getCurrent().add(new SendForm(api, new ConsoleUser("vera", AdminRole.VIEWER), live, () -> {}));

        assertThat(textOf(find(SendForm.class).single())).contains("Only operator admins and administrators may send");
        assertThat(button("Send…").isEnabled()).isFalse();
        assertThat(find(TextArea.class).all()).noneMatch(TextArea::isEnabled);
        assertThat(find(Checkbox.class, find(AudienceFields.class).single())
                        .single()
                        .isEnabled())
                .isFalse();
    }

    private void say(String message) {
        test(find(TextArea.class).withLabel("Message").single()).setValue(message);
    }
}
