package dev.realtime.contracts;

/**
 * The headers of a message on the destination {@code events}. The message's payload is the event's payload itself: the
 * bytes of one JSON object in UTF-8, which reach the clients as they are.
 */
public final class StreamHeaders {

    /** The destination that events travel on. */
    public static final String EVENTS_DESTINATION = "events";

    /** The destination that instances tell one another on who came and who went: {@link PresenceBatch}. */
    public static final String PRESENCE_DESTINATION = "presence";

    /** The event's wire name, a string: {@link BroadcastEvent#wireName()}. */
    public static final String EVENT = "event";

    /** The rooms' printed names, a list of strings; absent for the event's {@link DefaultRooms}. */
    public static final String ROOMS = "rooms";

    /** The name of the service that posted the event by REST, a string; absent when none did. */
    public static final String SERVICE = "service";

    /**
     * The name of what is no event, but an instance's own test of the way that events take. Whoever reads the stream passes it
     * over.
     */
    public static final String CANARY = "canary";

    /** The instance that sent a {@link #CANARY}, a string. */
    public static final String INSTANCE = "instance";

    private StreamHeaders() {}
}
