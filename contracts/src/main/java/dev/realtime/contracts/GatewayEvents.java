package dev.realtime.contracts;

/** The names of the events that the gateway and its clients exchange besides broadcasts. */
public final class GatewayEvents {

    /**
     * Client to server: {@code { token }}; for sockets that connected without a token or whose token is about to
     * expire.
     */
    public static final String AUTHENTICATE = "authenticate";

    /**
     * Client to server: {@code { room }}, or {@code { room, snapshot: true }} for an acknowledgement with a
     * {@link dev.realtime.contracts.board.Snapshot}.
     */
    public static final String JOIN_ROOM = "join-room";

    /** Client to server: {@code { room }}. */
    public static final String LEAVE_ROOM = "leave-room";

    /** Client to server: {@code { id }}, the {@code confirmId} of a notification that asks for confirmation. */
    public static final String CONFIRM = "confirm";

    /** Server to client, the first event once the identity is known: {@link Connected}. */
    public static final String CONNECTED = "connected";

    /** Server to client: {@link ErrorNotice}; with a {@link CloseCode} the last event before the close. */
    public static final String ERROR = "error";

    /** Server to client: {@link PresenceChange}. */
    public static final String USER_ONLINE = "user:online";

    /** Server to client: {@link PresenceChange}. */
    public static final String USER_OFFLINE = "user:offline";

    /** Server to client: {@link dev.realtime.contracts.board.UserStatus}. */
    public static final String USER_STATUS = "user:status";

    /** Server to client: {@link dev.realtime.contracts.board.UnansweredCall}. */
    public static final String CALL_UNANSWERED = "call:unanswered";

    /** Server to client: {@link RecalledNotification}. */
    public static final String NOTIFICATION_RECALLED = "notification:recalled";

    /**
     * Server to client: carries only a position. Sent to sockets that received no other event for a while, so that
     * their last known position stays recoverable.
     */
    public static final String POSITION = "position";

    private GatewayEvents() {}
}
