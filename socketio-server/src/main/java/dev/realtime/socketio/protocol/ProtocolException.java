package dev.realtime.socketio.protocol;

/** A client broke the protocol. Its session is closed; the message is for the log at DEBUG. */
public final class ProtocolException extends Exception {

    public ProtocolException(String message) {
        // A client's mistake: the place in our code says nothing about it.
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
