package dev.realtime.socketio.engine.wire;

/**
 * A packet as sent by a client, independent of its encoding.
 *
 * @param binary whether it is a binary message
 * @param bytes the bytes of a binary message; otherwise the packet as text in UTF-8, its type first
 */
public record ReceivedPacket(boolean binary, byte[] bytes) {}
