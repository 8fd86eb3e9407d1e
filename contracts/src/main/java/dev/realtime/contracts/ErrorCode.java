package dev.realtime.contracts;

/** Why something was refused: the {@code code} of acks, of {@code connect_error}, and of REST's problem details. */
public enum ErrorCode {
    /** There is no token where one is needed. */
    TOKEN_MISSING,
    /** Not a token, not signed by us, or its claims are unusable. */
    TOKEN_INVALID,
    /** The token's time is over. */
    TOKEN_EXPIRED,
    /** The token's time has not come. */
    TOKEN_NOT_YET_VALID,
    /** Signed with an algorithm that is not accepted here. */
    TOKEN_ALGORITHM,
    /** The token's {@code iss} is not the issuer that is trusted here. */
    TOKEN_ISSUER,
    /** The token's {@code aud} names others than this service. */
    TOKEN_AUDIENCE,
    /** A fresh token names another user than the socket's. */
    TOKEN_OTHER_USER,
    /** The token names a user who is blocked for a time. */
    USER_BLOCKED,
    /** The user has as many sockets as one user may have. */
    TOO_MANY_SOCKETS,
    /** The socket has no identity yet. */
    AUTHENTICATION_REQUIRED,
    /** Known, but not allowed to. */
    FORBIDDEN,
    /** Not a room's name. */
    ROOM_INVALID,
    /** A name of no kind of room that exists. */
    ROOM_UNKNOWN,
    /** A room this identity may not join, or one that nobody leaves. */
    ROOM_FORBIDDEN,
    /** The socket is in as many rooms as one socket may be. */
    ROOM_LIMIT,
    /** The socket joins and leaves rooms faster than one socket may. */
    ROOM_RATE,
    /** The event's arguments are not what it takes. */
    PAYLOAD_INVALID,
    /** The body is not well-formed JSON in UTF-8. */
    BODY_MALFORMED,
    /** The body, or the event in it, is larger than allowed. */
    BODY_TOO_LARGE,
    /** A member is missing or of the wrong type. */
    VALIDATION_FAILED,
    /** No such event to broadcast. */
    EVENT_UNKNOWN,
    /** The service's token is not good for this event. */
    EVENT_FORBIDDEN,
    /** The service posts more events a second than it may. */
    TOO_MANY_EVENTS,
    /** Not a position. */
    POSITION_INVALID,
    /** The position is older than what is kept: load what is shown again. */
    POSITION_EXPIRED,
    /** The position is of a time before Redis lost data: load what is shown again. */
    EPOCH_CHANGED,
    /** No such resource. */
    NOT_FOUND,
    /** The resource is there, but not for this method. */
    METHOD_NOT_ALLOWED,
    /** The body's media type is not accepted. */
    MEDIA_TYPE_UNSUPPORTED,
    /** There is no way to answer in a media type that the request accepts. */
    NOT_ACCEPTABLE,
    /** The request itself is wrong: its target, its headers, its framing. */
    REQUEST_INVALID,
    /** The Idempotency-Key header is not 1 to 255 visible ASCII characters. */
    IDEMPOTENCY_KEY_INVALID,
    /** The Idempotency-Key was used with another body. */
    IDEMPOTENCY_KEY_REUSED,
    /** The page's origin is not among those allowed. */
    ORIGIN_FORBIDDEN,
    /** Redis is away: nothing was accepted, try again. */
    BACKPLANE_UNAVAILABLE,
    /** Redis is away: a socket's room was not joined, or not left; try again. */
    BACKPLANE_AWAY,
    /** Redis has no room left, or nearly none: nothing was accepted, try again later. */
    BACKPLANE_FULL,
    /** Redis is a replica, or lacks its own: nothing was accepted. */
    BACKPLANE_READ_ONLY,
    /** Redis does not let this service do it: nothing was accepted. */
    BACKPLANE_FORBIDDEN,
    /** Redis is set up so that it cannot do it: nothing was accepted. */
    BACKPLANE_MISCONFIGURED,
    /** Redis answers, but loads its data or fails over: nothing was accepted, try again. */
    BACKPLANE_NOT_READY,
    /** Redis refuses it for another reason: nothing was accepted. */
    BACKPLANE_REFUSED,
    /** The gateway cannot take it right now. */
    OVERLOADED,
    /** A fault of ours. */
    INTERNAL_ERROR;

    private final String code = name().toLowerCase(java.util.Locale.ROOT);

    /** The code on the wire: the name in lower case. */
    public String code() {
        return code;
    }
}
