package dev.realtime.socketio.server;

/** The acknowledgement of an event, if the client requested one. */
public interface Acknowledgement {

    /** Whether the client requested it. */
    boolean isRequested();

    /** Sends it; only the first call counts, and only if it was requested. */
    void send(Object... data);
}
