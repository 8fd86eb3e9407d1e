package dev.realtime.service.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.ErrorCode;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.payload.Confirmation.Step;
import dev.realtime.service.payload.ScannedRequest.Broadcast;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmMemberTest {

    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.600Z");

    private static Broadcast request(BroadcastEvent event, String body) throws InvalidPayloadException {
        return PayloadScanner.request(event, body.replace('\'', '"').getBytes(UTF_8), NOW)
                .broadcast();
    }

    private static Broadcast notification(String confirm) throws InvalidPayloadException {
        return request(
                BroadcastEvent.NOTIFICATION,
                "{'notification':{'message':'m','timestamp':'t'},'confirm':" + confirm + "}");
    }

    @Test
    void whatIsAskedForIsReadAndThePayloadStaysAsItWasSent() throws Exception {
        Broadcast asked = notification("{'within':60,'escalateTo':['directors','city:Саратов','directors']}");
        assertThat(asked.confirmation())
                .isEqualTo(Confirmation.asked(60, List.of(Room.DIRECTORS, Room.city("Саратов"))));
        assertThat(asked.payload()).asString(UTF_8).isEqualTo("{\"message\":\"m\",\"timestamp\":\"t\"}");
        assertThat(notification("{'within':1}").confirmation()).isEqualTo(Confirmation.asked(1, List.of()));
        assertThat(notification("null").confirmation()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | confirm",
                "{} | confirm.within",
                "{'within':0} | confirm.within",
                "{'within':14401} | confirm.within",
                "{'within':'60'} | confirm.within",
                "{'within':1.5} | confirm.within",
                "{'within':99999999999} | confirm.within",
                "{'within':60,'within':60} | confirm.within",
                "{'within':60,'escalateto':['directors']} | confirm",
                "{'within':60,'escalateTo':'directors'} | confirm.escalateTo",
                "{'within':60,'escalateTo':[]} | confirm.escalateTo",
                "{'within':60,'escalateTo':['nowhere']} | confirm.escalateTo[0]",
                "{'within':60,'escalateTo':['directors',7]} | confirm.escalateTo[1]"
            })
    void whatIsWrongIsNamed(String confirm, String path) {
        InvalidPayloadException e = catchThrowableOfType(InvalidPayloadException.class, () -> notification(confirm));
        assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(e.violations()).extracting(Violation::path).contains(path);
    }

    @Test
    void onlyNotificationsAreConfirmed() throws Exception {
        InvalidPayloadException e = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> request(BroadcastEvent.CALL_NEW, "{'call':{'id':1},'confirm':{'within':60}}"));
        assertThat(e.violations()).extracting(Violation::path).containsExactly("confirm");
        // Where the body is the payload, a member of that name belongs to the sender.
        Broadcast assigned = request(BroadcastEvent.ORDER_MASTER_ASSIGNED, "{'orderId':1,'confirm':{'within':60}}");
        assertThat(assigned.confirmation()).isNull();
        assertThat(assigned.payload()).asString(UTF_8).contains("\"confirm\":{\"within\":60}");
    }

    @ParameterizedTest
    @CsvSource({"confirmId", "reminder", "escalation"})
    void thePayloadCannotPretend(String member) throws Exception {
        String payload = "{'notification':{'message':'m','" + member + "':1}";
        InvalidPayloadException e = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> request(BroadcastEvent.NOTIFICATION, payload + ",'confirm':{'within':60}}"));
        assertThat(e.violations()).extracting(Violation::path).containsExactly("notification." + member);
        assertThat(request(BroadcastEvent.NOTIFICATION, payload + "}").payload())
                .as("without confirm it is the sender's own")
                .asString(UTF_8)
                .contains(member);
    }

    @Test
    void aReceiptKeepsOnlyShortNotifications() {
        InvalidPayloadException e = catchThrowableOfType(
                InvalidPayloadException.class,
                () -> request(
                        BroadcastEvent.NOTIFICATION,
                        "{'notification':{'message':'" + "m".repeat(17_000) + "'},'confirm':{'within':60}}"));
        assertThat(e.code()).isEqualTo(ErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void theRecordSaysItAndEveryReaderMarksThePayloadAlike() throws Exception {
        Confirmation asked = Confirmation.asked(60, List.of(Room.DIRECTORS));
        assertThat(Confirmation.of(asked.headers())).isEqualTo(asked);
        for (Sender sender : List.of(Sender.service("calls"), Sender.admin("irina"))) {
            assertThat(Confirmation.of(asked.from(sender).headers())).isEqualTo(asked.from(sender));
        }
        Confirmation reminder = Confirmation.again("5-1", Step.REMINDER);
        assertThat(Confirmation.of(reminder.headers())).isEqualTo(reminder);
        assertThat(Confirmation.of(Map.of("event", "notification"))).isNull();
        byte[] payload = "{\"message\":\"m\"}".getBytes(UTF_8);
        assertThat(asked.mark(payload, "5-1")).asString(UTF_8).isEqualTo("{\"message\":\"m\",\"confirmId\":\"5-1\"}");
        assertThat(reminder.mark(payload, "9-0"))
                .asString(UTF_8)
                .isEqualTo("{\"message\":\"m\",\"confirmId\":\"5-1\",\"reminder\":true}");
        assertThat(reminder.unmark(reminder.mark(payload, "9-0"), "9-0")).isEqualTo(payload);
    }

    @ParameterizedTest
    @CsvSource({"confirm, 0", "confirm, soon", "receipt, 7", "receipt, '5-1\",\"x\":\"'"})
    void headersOfOtherPublishersAreChecked(String header, String value) {
        assertThat(catchThrowableOfType(
                        InvalidPayloadException.class,
                        () -> Confirmation.of(Map.of(header, value, "step", "reminder"))))
                .isNotNull();
    }
}
