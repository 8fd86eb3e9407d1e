package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;

/** The packets of Engine.IO itself, made when they are needed: they are few bytes and seldom sent. */
final class Packets {

    private Packets() {}

    static EncodedPacket open(String handshakeJson) {
        return EncodedPacket.text(PacketType.OPEN.digit() + handshakeJson);
    }

    static EncodedPacket of(PacketType type) {
        return EncodedPacket.text(String.valueOf(type.digit()));
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
