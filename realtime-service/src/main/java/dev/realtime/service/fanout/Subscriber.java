package dev.realtime.service.fanout;

import dev.realtime.service.identity.Identity;
import dev.realtime.socketio.protocol.PacketQueue;

/** A socket with an identity, as the fan-out sees it. */
public interface Subscriber {

    /** The Socket.IO id, as the client itself knows it. */
    String socketId();

    Identity identity();

    /** What is known of the client's program and where it is. */
    ClientInfo client();

    /** The transport's name: {@code websocket} or {@code polling}. */
    String transport();

    /** Where its packets wait; always the same one. */
    PacketQueue queue();

    /** Whether its events have their position as a last argument; always the same answer. */
    boolean wantsPositions();
}
