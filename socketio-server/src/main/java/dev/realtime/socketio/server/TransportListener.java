package dev.realtime.socketio.server;

/** Hears, in the connection's turn, that a socket's connection has another transport now. */
@FunctionalInterface
public interface TransportListener {

    void onTransport();
}
