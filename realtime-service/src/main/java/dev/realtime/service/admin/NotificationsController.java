package dev.realtime.service.admin;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.NotificationSent;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.contracts.admin.SendingState;
import dev.realtime.service.admin.Audited.Action;
import dev.realtime.service.admin.Audited.Outcome;
import dev.realtime.service.backplane.BackplaneProperties;
import dev.realtime.service.broadcast.IdempotencyHeader;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.ValidPayload;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.security.RequestHeaders;
import dev.realtime.service.sendings.RequestKey;
import dev.realtime.service.sendings.SendingEntry;
import dev.realtime.service.sendings.SendingHead;
import dev.realtime.service.sendings.Sendings;
import dev.realtime.service.sendings.Sendings.Taken;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Sends notifications, now or later, and previews whom a notification would reach. */
@RestController
@RequestMapping("/api/v1/admin")
class NotificationsController {

    /** The payload's members that are set here. */
    private static final String ID = "notificationId";

    private static final String UNTIL = "validUntil";

    private final Audited audited;
    private final AudienceReach reach;
    private final Sendings sendings;
    private final BackplaneProperties backplane;
    private final JsonMapper json;

    NotificationsController(
            Audited audited, AudienceReach reach, Sendings sendings, BackplaneProperties backplane, JsonMapper json) {
        this.audited = audited;
        this.reach = reach;
        this.sendings = sendings;
        this.backplane = backplane;
        this.json = json;
    }

    @PostMapping("/audience")
    AudiencePreview preview(@RequestBody Audience to) {
        return reach.preview(to);
    }

    /** Answers 202 for a notification that is held or planned. */
    @PostMapping("/notifications")
    ResponseEntity<NotificationSent> send(@RequestBody NotificationAction body, HttpServletRequest request) {
        String by = Audited.caller().name();
        Audience to = body.to();
        List<Room> rooms = reach.rooms(to);
        ConfirmInput.confirmation(body.confirm(), Sender.admin(by));
        SendingTimes times = SendingTimes.of(body, Instant.ofEpochMilli(sendings.now()));
        String id = sendings.newId();
        byte[] payload = payload(body, times, id);
        RequestKey key = key(request, by, body);
        Action action = new Action("notify", target(rooms), Inputs.optionalReason(body.reason()), details(body, rooms));
        Answer answer = audited.perform(request, action, auditId -> {
            Instant until = times.until();
            Taken taken = sendings.send(new Sendings.Request(
                    id,
                    new SendingHead(by, auditId, Objects.requireNonNull(to), rooms, body.confirm()),
                    new String(payload, StandardCharsets.UTF_8),
                    times.begins(),
                    times.at().toEpochMilli(),
                    until == null ? null : until.toEpochMilli(),
                    key));
            NotificationSent sent = sent(taken, auditId, reach.preview(to));
            return new Outcome<>(new Answer(sent, taken.repeated()), result(sent, taken.repeated()));
        });
        ResponseEntity.BodyBuilder response =
                ResponseEntity.status(answer.sent().state().isWaiting() ? HttpStatus.ACCEPTED : HttpStatus.OK);
        if (answer.repeated()) {
            response.header(IdempotencyHeader.REPLAYED, "true");
        }
        return response.body(answer.sent());
    }

    private record Answer(NotificationSent sent, boolean repeated) {}

    private NotificationSent sent(Taken taken, String auditId, AudiencePreview audience) {
        SendingEntry sending = taken.sending();
        SendingState state = sending.state(sendings.now());
        boolean later = state.isWaiting() || sending.at() > sending.createdAt();
        return new NotificationSent(
                sending.event(),
                taken.repeated() ? sending.head().auditId() : auditId,
                audience,
                sending.id(),
                state,
                later ? Instant.ofEpochMilli(sending.at()) : null);
    }

    private @Nullable RequestKey key(HttpServletRequest request, String by, NotificationAction body) {
        String key = IdempotencyHeader.of(RequestHeaders.of(request));
        return key == null ? null : RequestKey.of(by, key, json.writeValueAsBytes(body), backplane.idempotence());
    }

    private static Map<String, Object> details(NotificationAction body, List<Room> rooms) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rooms", rooms.stream().map(Room::toString).toList());
        details.put("notification", body.notification());
        put(details, "confirm", body.confirm());
        put(details, "hold", body.hold());
        put(details, "at", body.at() == null ? null : body.at().toString());
        put(details, "until", body.until() == null ? null : body.until().toString());
        return details;
    }

    private static Map<String, Object> result(NotificationSent sent, boolean repeated) {
        Map<String, Object> result = new LinkedHashMap<>();
        put(result, "event", sent.id());
        result.put("users", sent.audience().users());
        result.put("sockets", sent.audience().sockets());
        result.put("sending", sent.sending());
        result.put("state", sent.state().wireName());
        if (repeated) {
            result.put("repeated", true);
        }
        return result;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /** The payload as its event will have it, with the time of sending unless it names one of its own. */
    private byte[] payload(NotificationAction body, SendingTimes times, String id) {
        if (body.notification() == null) {
            throw Inputs.refused("notification", "is required");
        }
        Map<String, Object> members = new LinkedHashMap<>(body.notification());
        for (String own : List.of(ID, UNTIL)) {
            if (members.containsKey(own)) {
                throw Inputs.refused("notification." + own, "is set by the gateway");
            }
        }
        members.put(ID, id);
        put(members, UNTIL, times.until() == null ? null : times.until().toString());
        try {
            ValidPayload payload =
                    PayloadScanner.scan(BroadcastEvent.NOTIFICATION, json.writeValueAsBytes(members), times.at());
            if (body.confirm() != null) {
                payload.checkConfirmable("");
            }
            return payload.json();
        } catch (InvalidPayloadException e) {
            throw new ProblemException(
                    e.code(),
                    String.valueOf(e.getMessage()),
                    e.violations().stream()
                            .map(violation ->
                                    new Problem.FieldError("notification." + violation.path(), violation.message()))
                            .toList());
        }
    }

    private static String target(List<Room> rooms) {
        return rooms.size() == 1 ? rooms.getFirst().toString() : rooms.size() + " rooms";
    }
}
