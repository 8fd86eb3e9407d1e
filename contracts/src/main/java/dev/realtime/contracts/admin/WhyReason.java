package dev.realtime.contracts.admin;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a user, or one of their sockets, did or did not get an event. */
public enum WhyReason {
    /** The user had no socket. */
    OFFLINE,
    /** The user's sockets were in none of the event's rooms. */
    NOT_IN_ROOMS,
    /** The user, or the join to one of the event's rooms, was refused. */
    REFUSED,
    /** The user was blocked. */
    BLOCKED,
    /** The event was waiting when the socket was closed because its client was too slow. */
    QUEUE_FULL,
    /** The notification had been recalled by the time it could have been written. */
    RECALLED,
    /** The notification was no longer valid by the time it could have been written. */
    EXPIRED,
    /** The event was written to the socket. */
    WRITTEN,
    /** The user confirmed the notification, its reminder or its escalation; a confirmation counts for all three. */
    CONFIRMED,
    /** It is not known, for example because it is too long ago. */
    UNKNOWN;

    /** The name on the wire: in lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
