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
import dev.realtime.contracts.admin.ReceiptDetail;
import dev.realtime.contracts.admin.ReceiptView;
import dev.realtime.contracts.admin.RoomAction;
import dev.realtime.contracts.admin.Slice;
import dev.realtime.contracts.admin.WhyAnswer;
import dev.realtime.contracts.board.BoardPage;
import dev.realtime.contracts.board.LiveCall;
import dev.realtime.contracts.board.LiveOrder;
import dev.realtime.contracts.board.Person;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The service's admin API. Every call blocks until the answer, up to 6 s per instance, so it must not run on a thread
 * that others wait for, and is refused under the lock of a Vaadin session. The service's {@code /api/docs} describes the parameters.
 *
 * <p>All methods throw {@link ServiceAwayException} if no instance answers and {@link RefusedException} if the service
 * refuses.
 */
public interface AdminApi {

    String ADMIN = "/api/v1/admin";

    /** The health of the instance that answers. Needs no user. */
    @GetExchange("/health")
    HealthReport health();

    /** The totals of the cluster, and the requested sockets. */
    @GetExchange(ADMIN + "/stats/connections")
    Statistics<ConnectionStats> connections(ConsoleUser user, Query query);

    /** The number of rooms, and the requested rooms. */
    @GetExchange(ADMIN + "/stats/rooms")
    Statistics<RoomStats> rooms(ConsoleUser user, Query query);

    /** The board's calls, with masked phone numbers. */
    @GetExchange(ADMIN + "/board/calls")
    BoardPage<LiveCall> calls(ConsoleUser user, Query query);

    /** The board's orders: the open ones, or with {@code closed} those that were closed lately. */
    @GetExchange(ADMIN + "/board/orders")
    BoardPage<LiveOrder> orders(ConsoleUser user, Query query);

    /** The people who are online, or were. */
    @GetExchange(ADMIN + "/board/people")
    BoardPage<Person> people(ConsoleUser user, Query query);

    @GetExchange(ADMIN + "/instances")
    Instances instances(ConsoleUser user);

    @GetExchange(ADMIN + "/events")
    Slice<EventView> events(ConsoleUser user, Query query);

    /** One event with masked phone numbers. */
    @GetExchange(ADMIN + "/events/{id}")
    EventView event(ConsoleUser user, @PathVariable String id);

    /** One event with its phone numbers. The service records this in the audit. */
    @GetExchange(ADMIN + "/events/{id}/revealed")
    EventView revealed(ConsoleUser user, @PathVariable String id, @RequestParam String reason);

    /** Why a user did or did not get an event. Takes up to 4 s for an event that has just been sent. */
    @GetExchange(ADMIN + "/why")
    WhyAnswer why(ConsoleUser user, @RequestParam String event, @RequestParam("user") String userKey);

    /** The notifications that have to be confirmed, newest first. */
    @GetExchange(ADMIN + "/receipts")
    Slice<ReceiptView> receipts(ConsoleUser user, Query query);

    /** One of them with a page of its users. */
    @GetExchange(ADMIN + "/receipts/{id}")
    ReceiptDetail receipt(ConsoleUser user, @PathVariable String id, Query query);

    @GetExchange(ADMIN + "/audit")
    Slice<AuditEntry> audit(ConsoleUser user, Query query);

    /** All blocked users. */
    @GetExchange(ADMIN + "/blocks")
    List<BlockedUser> blocks(ConsoleUser user);

    /** Who would receive a notification now. */
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
