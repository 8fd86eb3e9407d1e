package dev.realtime.service.admin;

import dev.realtime.contracts.BroadcastEvent;
import dev.realtime.contracts.Problem;
import dev.realtime.contracts.Room;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.NotificationSent;
import dev.realtime.contracts.admin.Sender;
import dev.realtime.service.admin.Audited.Action;
import dev.realtime.service.admin.Audited.Outcome;
import dev.realtime.service.backplane.EventPublisher;
import dev.realtime.service.backplane.OutgoingEvent;
import dev.realtime.service.payload.Confirmation;
import dev.realtime.service.payload.InvalidPayloadException;
import dev.realtime.service.payload.PayloadScanner;
import dev.realtime.service.payload.ValidPayload;
import dev.realtime.service.problem.ProblemException;
import dev.realtime.service.receipts.Confirmations;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Sends notifications, and previews whom a notification would reach. */
@RestController
@RequestMapping("/api/v1/admin")
class NotificationsController {

    private final Audited audited;
    private final AudienceReach reach;
    private final EventPublisher events;
    private final Confirmations confirmations;
    private final JsonMapper json;

    NotificationsController(
            Audited audited, AudienceReach reach, EventPublisher events, Confirmations confirmations, JsonMapper json) {
        this.audited = audited;
        this.reach = reach;
        this.events = events;
        this.confirmations = confirmations;
        this.json = json;
    }

    @PostMapping("/audience")
    AudiencePreview preview(@RequestBody Audience to) {
        return reach.preview(to);
    }

    @PostMapping("/notifications")
    NotificationSent send(@RequestBody NotificationAction body, HttpServletRequest request) {
        Audience to = body.to();
        List<Room> rooms = reach.rooms(to);
        byte[] payload = payload(body);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rooms", rooms.stream().map(Room::toString).toList());
        details.put("notification", body.notification());
        Confirmation confirmation = ConfirmInput.confirmation(
                body.confirm(), Sender.admin(Audited.caller().name()));
        if (confirmation != null) {
            details.put("confirm", body.confirm());
        }
        Action action = new Action("notify", target(rooms), Inputs.optionalReason(body.reason()), details);
        return audited.perform(request, action, auditId -> {
            OutgoingEvent event =
                    new OutgoingEvent(BroadcastEvent.NOTIFICATION, rooms, payload, null, null, confirmation);
            confirmations.beforePublishing(event);
            String id = events.publish(event).id();
            confirmations.published(id, event);
            AudiencePreview audience = reach.preview(to);
            return new Outcome<>(
                    new NotificationSent(id, auditId, audience),
                    Map.of("event", id, "users", audience.users(), "sockets", audience.sockets()));
        });
    }

    private byte[] payload(NotificationAction body) {
        if (body.notification() == null) {
            throw Inputs.refused("notification", "is required");
        }
        try {
            ValidPayload payload = PayloadScanner.scan(
                    BroadcastEvent.NOTIFICATION, json.writeValueAsBytes(body.notification()), Instant.now());
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
