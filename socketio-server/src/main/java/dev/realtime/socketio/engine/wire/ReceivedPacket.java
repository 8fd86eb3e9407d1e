package dev.realtime.socketio.engine.wire;

/**
 * A packet as a client sent it, whatever it was wrapped in.
 *
 * @param binary whether it is a message of bytes
 * @param bytes a binary message's bytes; else the packet as text, its type first, in UTF-8
 */
public record ReceivedPacket(boolean binary, byte[] bytes) {}
