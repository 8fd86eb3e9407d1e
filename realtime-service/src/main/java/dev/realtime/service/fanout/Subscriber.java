package dev.realtime.service.fanout;

import dev.realtime.service.identity.Identity;
import dev.realtime.socketio.protocol.PacketQueue;

/** A socket with an identity, as the fan-out sees it. */
public interface Subscriber {

    /** The Socket.IO id, as the client knows it. */
    String socketId();

    Identity identity();

    /** The client's program and address. */
    ClientInfo client();

    /** The transport's name: {@code websocket} or {@code polling}. */
    String transport();

    /** The queue of its packets; always the same object. */
    PacketQueue queue();

    /** Whether its events carry their position as the last argument; always the same answer. */
    boolean wantsPositions();
}
