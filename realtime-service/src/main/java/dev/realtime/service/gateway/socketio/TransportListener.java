package dev.realtime.service.gateway.socketio;

/** Hears, in the connection's turn, that a socket's connection has another transport now. */
@FunctionalInterface
public interface TransportListener {

    void onTransport();
}
