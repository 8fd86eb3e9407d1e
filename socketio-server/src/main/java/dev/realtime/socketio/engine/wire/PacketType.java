package dev.realtime.socketio.engine.wire;

import org.jspecify.annotations.Nullable;

/** The Engine.IO packet types (protocol, section "Packets"). Each is one digit on the wire. */
public enum PacketType {
    OPEN,
    CLOSE,
    PING,
    PONG,
    MESSAGE,
    UPGRADE,
    NOOP;

    private static final PacketType[] VALUES = values();

    /** The type of a digit; null unless the byte is one of the seven digits. */
    public static @Nullable PacketType of(byte digit) {
        int ordinal = digit - '0';
        return ordinal >= 0 && ordinal < VALUES.length ? VALUES[ordinal] : null;
    }

    public char digit() {
        return (char) ('0' + ordinal());
    }
}
