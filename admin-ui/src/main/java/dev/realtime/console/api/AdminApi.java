package dev.realtime.console.api;

import dev.realtime.console.security.ConsoleUser;
import dev.realtime.contracts.ConnectionStats;
import dev.realtime.contracts.HealthReport;
import dev.realtime.contracts.RoomStats;
import dev.realtime.contracts.Statistics;
import dev.realtime.contracts.admin.ActionResult;
import dev.realtime.contracts.admin.Audience;
import dev.realtime.contracts.admin.AudiencePreview;
import dev.realtime.contracts.admin.AuditEntry;
import dev.realtime.contracts.admin.BlockAction;
import dev.realtime.contracts.admin.EventView;
import dev.realtime.contracts.admin.Instances;
import dev.realtime.contracts.admin.NotificationAction;
import dev.realtime.contracts.admin.NotificationSent;
import dev.realtime.contracts.admin.Reason;
import dev.realtime.contracts.admin.RoomAction;
import dev.realtime.contracts.admin.Slice;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The service's admin API. Every call waits for the answer, up to 6 s an instance, so none belongs on a thread that holds
 * up others. What a parameter means is in the service's own description, {@code /api/docs}.
 *
 * <p>Each throws {@link ServiceAwayException} when no instance answers and {@link RefusedException} when the service
 * refuses.
 */
public interface AdminApi {

    String ADMIN = "/api/v1/admin";

    /** How the instance is that answers; nobody needs to be known for it. */
    @GetExchange("/health")
    HealthReport health();

    /** Totals of the cluster, and the sockets that are asked for. */
    @GetExchange(ADMIN + "/stats/connections")
    Statistics<ConnectionStats> connections(ConsoleUser user, Query query);

    /** How many rooms there are, and those that are asked for. */
    @GetExchange(ADMIN + "/stats/rooms")
    Statistics<RoomStats> rooms(ConsoleUser user, Query query);

    @GetExchange(ADMIN + "/instances")
    Instances instances(ConsoleUser user);

    @GetExchange(ADMIN + "/events")
    Slice<EventView> events(ConsoleUser user, Query query);

    /** One event; its phone numbers are masked. */
    @GetExchange(ADMIN + "/events/{id}")
    EventView event(ConsoleUser user, @PathVariable String id);

    /** One event with its phone numbers; the audit has it. */
    @GetExchange(ADMIN + "/events/{id}/revealed")
    EventView revealed(ConsoleUser user, @PathVariable String id, @RequestParam String reason);

    @GetExchange(ADMIN + "/audit")
    Slice<AuditEntry> audit(ConsoleUser user, Query query);

    /** Everybody who is blocked. */
    @GetExchange(ADMIN + "/blocks")
    List<BlockedUser> blocks(ConsoleUser user);

    /** Who would get it now. */
    @PostExchange(ADMIN + "/audience")
    AudiencePreview preview(ConsoleUser user, @RequestBody Audience to);

    @PostExchange(ADMIN + "/notifications")
    NotificationSent send(ConsoleUser user, @RequestBody NotificationAction notification);

    @PostExchange(ADMIN + "/connections/{socketId}/close")
    ActionResult closeSocket(ConsoleUser user, @PathVariable String socketId, @RequestBody Reason reason);

    @PostExchange(ADMIN + "/connections/{socketId}/join")
    ActionResult join(ConsoleUser user, @PathVariable String socketId, @RequestBody RoomAction action);

    @PostExchange(ADMIN + "/connections/{socketId}/leave")
    ActionResult leave(ConsoleUser user, @PathVariable String socketId, @RequestBody RoomAction action);

    @PostExchange(ADMIN + "/users/{userId}/close")
    ActionResult closeUser(ConsoleUser user, @PathVariable String userId, @RequestBody Reason reason);

    @PostExchange(ADMIN + "/users/{userId}/block")
    ActionResult block(ConsoleUser user, @PathVariable String userId, @RequestBody BlockAction action);

    @PostExchange(ADMIN + "/users/{userId}/unblock")
    ActionResult unblock(ConsoleUser user, @PathVariable String userId, @RequestBody Reason reason);
}
