package dev.realtime.contracts;

/** The string is not a valid room. The message may be shown to the client. */
public final class InvalidRoomException extends IllegalArgumentException {

    private final ErrorCode code;

    InvalidRoomException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
