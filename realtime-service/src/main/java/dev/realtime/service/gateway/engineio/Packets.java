package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;

/** The packets of Engine.IO itself, made when they are needed, but for the ping: that one is everybody's, all day. */
final class Packets {

    private static final EncodedPacket PING = of(PacketType.PING);

    private Packets() {}

    static EncodedPacket open(String handshakeJson) {
        return EncodedPacket.text(PacketType.OPEN.digit() + handshakeJson);
    }

    static EncodedPacket of(PacketType type) {
        return EncodedPacket.text(String.valueOf(type.digit()));
    }

    /** A ping, with a reference for the caller. */
    static EncodedPacket ping() {
        return PING.retain();
    }

    /** The answer to a ping: what it carried. */
    static EncodedPacket pong(byte[] ping) {
        byte[] pong = ping.clone();
        pong[0] = (byte) PacketType.PONG.digit();
        return EncodedPacket.text(pong);
    }

    static EncodedPacket probePong() {
        return EncodedPacket.text(PacketType.PONG.digit() + "probe");
    }
}
