package dev.realtime.contracts;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events that go to rooms: the name clients listen to and the REST path services post to. */
public enum BroadcastEvent {
    CALL_NEW("call:new", "call-new", "call", "id"),
    CALL_UPDATED("call:updated", "call-updated", "call", "id"),
    CALL_ENDED("call:ended", "call-ended", "call", "id"),
    ORDER_NEW("order:new", "order-new", "order", "id"),
    ORDER_UPDATED("order:updated", "order-updated", "order", "id"),
    ORDER_MASTER_ASSIGNED("order:master-assigned", "order-master-assigned", null, "orderId"),
    ORDER_STATUS_CHANGED("order:status-changed", "order-status-changed", null, "orderId"),
    NOTIFICATION("notification", "notification", "notification", "message"),
    /** Sent by the gateway only: a notification was recalled. The payload is a {@link RecalledNotification}. */
    NOTIFICATION_RECALLED(GatewayEvents.NOTIFICATION_RECALLED, null, null, "notificationId"),
    /** Sent by the gateway only: a user came online. The payload is a {@link PresenceChange}. */
    USER_ONLINE(GatewayEvents.USER_ONLINE, null, null, "userId"),
    /** Sent by the gateway only: a user went offline. The payload is a {@link PresenceChange}. */
    USER_OFFLINE(GatewayEvents.USER_OFFLINE, null, null, "userId"),
    /** Sent by the gateway only: what an operator is doing. The payload is a {@code UserStatus} of the board. */
    USER_STATUS(GatewayEvents.USER_STATUS, null, null, "userId"),
    /** Sent by the gateway only: a call waits for too long. The payload is an {@code UnansweredCall} of the board. */
    CALL_UNANSWERED(GatewayEvents.CALL_UNANSWERED, null, null, "call");

    private static final Map<String, BroadcastEvent> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(BroadcastEvent::wireName, event -> event));

    private final String wireName;
    private final @Nullable String path;
    private final @Nullable String payloadField;
    private final String requiredField;

    BroadcastEvent(String wireName, @Nullable String path, @Nullable String payloadField, String requiredField) {
        this.wireName = wireName;
        this.path = path;
        this.payloadField = payloadField;
        this.requiredField = requiredField;
    }

    /** The name clients listen to, for example {@code call:new}. */
    public String wireName() {
        return wireName;
    }

    /** The last segment of {@code POST /api/v1/broadcast/{path}}; empty for events that only the gateway sends. */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** The body's member that holds the payload; empty if the body itself is the payload. */
    public Optional<String> payloadField() {
        return Optional.ofNullable(payloadField);
    }

    /** The payload's mandatory member. */
    public String requiredField() {
        return requiredField;
    }

    /** Whether this is an event of a call. */
    public boolean isCall() {
        return "call".equals(payloadField);
    }

    public static Optional<BroadcastEvent> ofWireName(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    public static Optional<BroadcastEvent> ofPath(String path) {
        return Arrays.stream(values()).filter(event -> path.equals(event.path)).findFirst();
    }
}
