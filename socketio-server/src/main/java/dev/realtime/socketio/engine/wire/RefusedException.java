package dev.realtime.socketio.engine.wire;

/** Refuses a request with an error. */
public final class RefusedException extends Exception {

    private final RequestError error;

    public RefusedException(RequestError error) {
        super(error.name(), null, false, false);
        this.error = error;
    }

    public RequestError error() {
        return error;
    }
}
