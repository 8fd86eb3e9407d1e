package dev.realtime.contracts;

/** The names of the events that the gateway and its clients exchange on their own account, beside the broadcasts. */
public final class GatewayEvents {

    /** Client to server: {@code { token }}; for sockets that connected without one, or whose token runs out. */
    public static final String AUTHENTICATE = "authenticate";

    /** Client to server: {@code { room }}. */
    public static final String JOIN_ROOM = "join-room";

    /** Client to server: {@code { room }}. */
    public static final String LEAVE_ROOM = "leave-room";

    /** Server to client, the first event after identity: {@link Connected}. */
    public static final String CONNECTED = "connected";

    /** Server to client: {@link ErrorNotice}; with a {@link CloseCode} it is the last event before the end. */
    public static final String ERROR = "error";

    /** Server to client: {@link PresenceChange}. */
    public static final String USER_ONLINE = "user:online";

    /** Server to client: {@link PresenceChange}. */
    public static final String USER_OFFLINE = "user:offline";

    /**
     * Server to client: nothing but its position, to a socket that got no other event for a while, so that the last position
     * the client knows stays one from which it can go on.
     */
    public static final String POSITION = "position";

    private GatewayEvents() {}
}
