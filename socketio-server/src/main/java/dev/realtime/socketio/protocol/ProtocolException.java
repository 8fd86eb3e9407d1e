package dev.realtime.socketio.protocol;

/** A client violated the protocol. Its session is closed; the message is logged at DEBUG. */
public final class ProtocolException extends Exception {

    public ProtocolException(String message) {
        // Without a stack trace: the cause is the client's message, not this code.
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
