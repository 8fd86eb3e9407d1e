package dev.realtime.socketio.server;

/** Where the acknowledgement of an event goes, if the client asked for one. */
public interface Acknowledgement {

    /** Whether the client waits for it. */
    boolean isRequested();

    /** Sends it; only the first time counts, and only when it is requested. */
    void send(Object... data);
}
