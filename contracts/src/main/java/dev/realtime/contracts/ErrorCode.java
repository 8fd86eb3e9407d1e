package dev.realtime.contracts;

/**
 * Why a request was refused: the {@code code} in acknowledgements, in {@code connect_error} and in REST problem
 * details.
 */
public enum ErrorCode {
    /** A token is required and missing. */
    TOKEN_MISSING,
    /** Not a token, signed with another key, or without usable claims. */
    TOKEN_INVALID,
    /** The token has expired. */
    TOKEN_EXPIRED,
    /** The token is not valid yet. */
    TOKEN_NOT_YET_VALID,
    /** The token's signature algorithm is not accepted. */
    TOKEN_ALGORITHM,
    /** The token's {@code iss} is not the trusted issuer. */
    TOKEN_ISSUER,
    /** The token's {@code aud} does not include this service. */
    TOKEN_AUDIENCE,
    /** The fresh token belongs to another user than the socket's. */
    TOKEN_OTHER_USER,
    /** The user is blocked for a time. */
    USER_BLOCKED,
    /** The user has reached the limit of sockets per user. */
    TOO_MANY_SOCKETS,
    /** The socket has no identity yet. */
    AUTHENTICATION_REQUIRED,
    /** Authenticated, but not allowed. */
    FORBIDDEN,
    /** Not a valid room name. */
    ROOM_INVALID,
    /** The room's kind does not exist. */
    ROOM_UNKNOWN,
    /** This identity may not join the room, or nobody may leave it. */
    ROOM_FORBIDDEN,
    /** The socket has reached the limit of rooms per socket. */
    ROOM_LIMIT,
    /** The socket joins and leaves rooms too fast. */
    ROOM_RATE,
    /** No notification with this id was written to the user, or its receipt is no longer kept. */
    CONFIRM_UNKNOWN,
    /** The notification was recalled, so it cannot be confirmed any more. */
    CONFIRM_RECALLED,
    /** The socket confirms too fast. */
    CONFIRM_RATE,
    /** No receipt can be kept at the moment: nothing was accepted, try again later. */
    RECEIPTS_FULL,
    /** No more notifications can wait to be sent at the moment: nothing was accepted, try again later. */
    SENDINGS_FULL,
    /** There is no such sending, or it is no longer kept. */
    SENDING_UNKNOWN,
    /** The notification does not wait any more, so it cannot be cancelled. */
    ALREADY_SENT,
    /** The notification was not sent, or is over, so it cannot be recalled. */
    NOT_SENT,
    /** Everybody has confirmed the notification, so it cannot be recalled. */
    ALL_CONFIRMED,
    /** The event's arguments are invalid. */
    PAYLOAD_INVALID,
    /** The body is not well-formed JSON in UTF-8. */
    BODY_MALFORMED,
    /** The body or the event in it exceeds the size limit. */
    BODY_TOO_LARGE,
    /** A member is missing or has the wrong type. */
    VALIDATION_FAILED,
    /** There is no event of that name to broadcast. */
    EVENT_UNKNOWN,
    /** The service's token does not permit this event. */
    EVENT_FORBIDDEN,
    /** The service exceeds its limit of events per second. */
    TOO_MANY_EVENTS,
    /** Not a valid position. */
    POSITION_INVALID,
    /** The events after the position are no longer kept: reload what is shown. */
    POSITION_EXPIRED,
    /** The position dates from before Redis lost data: reload what is shown. */
    EPOCH_CHANGED,
    /** No such resource. */
    NOT_FOUND,
    /** The resource does not support the method. */
    METHOD_NOT_ALLOWED,
    /** The body's media type is not accepted. */
    MEDIA_TYPE_UNSUPPORTED,
    /** No answer is possible in a media type that the request accepts. */
    NOT_ACCEPTABLE,
    /** The request's target, headers or framing are invalid. */
    REQUEST_INVALID,
    /** The Idempotency-Key header is not 1 to 255 visible ASCII characters. */
    IDEMPOTENCY_KEY_INVALID,
    /** The Idempotency-Key was already used with another body. */
    IDEMPOTENCY_KEY_REUSED,
    /** The page's origin is not allowed. */
    ORIGIN_FORBIDDEN,
    /** Redis is unavailable: nothing was accepted, try again. */
    BACKPLANE_UNAVAILABLE,
    /** Redis is unavailable: the room was not joined or not left, or nothing was confirmed; try again. */
    BACKPLANE_AWAY,
    /** Redis is out of memory, or nearly so: nothing was accepted, try again later. */
    BACKPLANE_FULL,
    /** Redis is a read-only replica, or lacks the replicas it needs to write: nothing was accepted. */
    BACKPLANE_READ_ONLY,
    /** The service's Redis user lacks a permission: nothing was accepted. */
    BACKPLANE_FORBIDDEN,
    /** The configuration of Redis rules the operation out: nothing was accepted. */
    BACKPLANE_MISCONFIGURED,
    /** Redis is loading its data or failing over: nothing was accepted, try again. */
    BACKPLANE_NOT_READY,
    /** Redis refuses the operation for another reason: nothing was accepted. */
    BACKPLANE_REFUSED,
    /** The live board is being read from Redis; try again. */
    BOARD_NOT_READY,
    /** The gateway is overloaded; try again. */
    OVERLOADED,
    /** A fault in the service. */
    INTERNAL_ERROR;

    private final String code = name().toLowerCase(java.util.Locale.ROOT);

    /** The code on the wire: the name in lower case. */
    public String code() {
        return code;
    }
}
