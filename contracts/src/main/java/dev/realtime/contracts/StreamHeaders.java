package dev.realtime.contracts;

/**
 * The headers of a message on the destination {@code events}. The message's payload is the event's payload: one JSON
 * object in UTF-8, whose bytes reach the clients unchanged.
 */
public final class StreamHeaders {

    /** The destination of events. */
    public static final String EVENTS_DESTINATION = "events";

    /** The destination on which instances share presence: {@link PresenceBatch}. */
    public static final String PRESENCE_DESTINATION = "presence";

    /** The event's wire name, a string: {@link BroadcastEvent#wireName()}. */
    public static final String EVENT = "event";

    /** The rooms' printed forms, a list of strings; if absent, the event goes to its {@link DefaultRooms}. */
    public static final String ROOMS = "rooms";

    /** The name of the service that posted the event by REST, a string; absent for other senders. */
    public static final String SERVICE = "service";

    /** Asks for confirmation of a notification, and says within how many seconds: a whole number as a string. */
    public static final String CONFIRM = "confirm";

    /** With {@link #CONFIRM}: the rooms that the notification is escalated to, printed, a list of strings. */
    public static final String ESCALATE_TO = "escalateTo";

    /** With {@link #CONFIRM}: the name of the administrator who sent the notification, a string; absent for others. */
    public static final String ADMIN = "admin";

    /** In reminders and escalations: the id of the notification first sent, a string. */
    public static final String RECEIPT = "receipt";

    /** With {@link #RECEIPT}: {@code reminder} or {@code escalation}. */
    public static final String STEP = "step";

    /**
     * In notifications that the admin API sends, their reminders, escalations and recalls: the sending's id, a string.
     */
    public static final String SENDING = "sending";

    /** In a notification: until when it is valid, ISO 8601, a string. From then on no client gets it. */
    public static final String UNTIL = "until";

    /**
     * Marks a test message with which an instance checks the path of events, and holds its name. Readers of the stream
     * skip such messages.
     */
    public static final String CANARY = "canary";

    /** The instance that sent a {@link #CANARY}, a string. */
    public static final String INSTANCE = "instance";

    private StreamHeaders() {}
}
