package dev.realtime.socketio.server;

/** Is notified, in the connection's turn, that a socket's connection has changed its transport. */
@FunctionalInterface
public interface TransportListener {

    void onTransport();
}
