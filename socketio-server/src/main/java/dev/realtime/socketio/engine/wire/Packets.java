package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.EncodedPacket;

/** The packets of Engine.IO itself, encoded on demand, except the ping, which all sessions share. */
public final class Packets {

    private static final EncodedPacket PING = of(PacketType.PING);

    private Packets() {}

    public static EncodedPacket open(String handshakeJson) {
        return EncodedPacket.text(PacketType.OPEN.digit() + handshakeJson);
    }

    public static EncodedPacket of(PacketType type) {
        return EncodedPacket.text(String.valueOf(type.digit()));
    }

    /** A ping, with a reference for the caller. */
    public static EncodedPacket ping() {
        return PING.retain();
    }

    /** The answer to a ping, with the ping's data. */
    public static EncodedPacket pong(byte[] ping) {
        byte[] pong = ping.clone();
        pong[0] = (byte) PacketType.PONG.digit();
        return EncodedPacket.text(pong);
    }

    public static EncodedPacket probePong() {
        return EncodedPacket.text(PacketType.PONG.digit() + "probe");
    }
}
