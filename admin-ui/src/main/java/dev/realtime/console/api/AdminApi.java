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
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/**
 * The service's admin API. Every call waits for the answer, up to 6 s an instance, so none belongs on a thread that holds
 * up others. What a parameter means is in the service's own description, {@code /api/docs}.
 *
 * <p>Each throws {@link ServiceAwayException} when nobody answers and {@link RefusedException} when the service refuses.
 */
@Component
public final class AdminApi {

    private static final String ADMIN = "/api/v1/admin";

    private static final TypeReference<HealthReport> HEALTH = new TypeReference<>() {};
    private static final TypeReference<Statistics<ConnectionStats>> CONNECTIONS = new TypeReference<>() {};
    private static final TypeReference<Statistics<RoomStats>> ROOMS = new TypeReference<>() {};
    private static final TypeReference<Instances> INSTANCES = new TypeReference<>() {};
    private static final TypeReference<Slice<EventView>> EVENTS = new TypeReference<>() {};
    private static final TypeReference<EventView> EVENT = new TypeReference<>() {};
    private static final TypeReference<Slice<AuditEntry>> AUDIT = new TypeReference<>() {};
    private static final TypeReference<AudiencePreview> PREVIEW = new TypeReference<>() {};
    private static final TypeReference<NotificationSent> SENT = new TypeReference<>() {};
    private static final TypeReference<ActionResult> RESULT = new TypeReference<>() {};

    private static final TypeReference<List<BlockedUser>> BLOCKS = new TypeReference<>() {};

    private final ServiceCalls calls;

    AdminApi(ServiceCalls calls) {
        this.calls = calls;
    }

    /** How the instance is that answers; nobody needs to be known for it. */
    public HealthReport health() {
        return calls.get(null, "/health", HEALTH);
    }

    /** Totals of the cluster, and the sockets that are asked for. */
    public ConnectionStats connections(ConsoleUser user, Query query) {
        return calls.get(user, ADMIN + "/stats/connections" + query, CONNECTIONS)
                .data();
    }

    /** How many rooms there are, and those that are asked for. */
    public RoomStats rooms(ConsoleUser user, Query query) {
        return calls.get(user, ADMIN + "/stats/rooms" + query, ROOMS).data();
    }

    public Instances instances(ConsoleUser user) {
        return calls.get(user, ADMIN + "/instances", INSTANCES);
    }

    public Slice<EventView> events(ConsoleUser user, Query query) {
        return calls.get(user, ADMIN + "/events" + query, EVENTS);
    }

    /** One event; its phone numbers are masked. */
    public EventView event(ConsoleUser user, String id) {
        return calls.get(user, ADMIN + "/events/" + Query.encoded(id), EVENT);
    }

    /** One event with its phone numbers; the audit has it. */
    public EventView revealed(ConsoleUser user, String id, String reason) {
        return calls.get(
                user,
                ADMIN + "/events/" + Query.encoded(id) + "/revealed"
                        + Query.none().with("reason", reason),
                EVENT);
    }

    public Slice<AuditEntry> audit(ConsoleUser user, Query query) {
        return calls.get(user, ADMIN + "/audit" + query, AUDIT);
    }

    /** Everybody who is blocked. */
    public List<BlockedUser> blocks(ConsoleUser user) {
        return calls.get(user, ADMIN + "/blocks", BLOCKS);
    }

    /** Who would get it now. */
    public AudiencePreview preview(ConsoleUser user, Audience to) {
        return calls.post(user, ADMIN + "/audience", to, PREVIEW);
    }

    public NotificationSent send(ConsoleUser user, NotificationAction notification) {
        return calls.post(user, ADMIN + "/notifications", notification, SENT);
    }

    public ActionResult closeSocket(ConsoleUser user, String socketId, String reason) {
        return calls.post(
                user, ADMIN + "/connections/" + Query.encoded(socketId) + "/close", new Reason(reason), RESULT);
    }

    public ActionResult join(ConsoleUser user, String socketId, RoomAction action) {
        return calls.post(user, ADMIN + "/connections/" + Query.encoded(socketId) + "/join", action, RESULT);
    }

    public ActionResult leave(ConsoleUser user, String socketId, RoomAction action) {
        return calls.post(user, ADMIN + "/connections/" + Query.encoded(socketId) + "/leave", action, RESULT);
    }

    public ActionResult closeUser(ConsoleUser user, String userId, String reason) {
        return calls.post(user, ADMIN + "/users/" + Query.encoded(userId) + "/close", new Reason(reason), RESULT);
    }

    public ActionResult block(ConsoleUser user, String userId, BlockAction action) {
        return calls.post(user, ADMIN + "/users/" + Query.encoded(userId) + "/block", action, RESULT);
    }

    public ActionResult unblock(ConsoleUser user, String userId, String reason) {
        return calls.post(user, ADMIN + "/users/" + Query.encoded(userId) + "/unblock", new Reason(reason), RESULT);
    }
}
