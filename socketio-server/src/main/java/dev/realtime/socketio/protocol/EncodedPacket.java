package dev.realtime.socketio.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * An Engine.IO packet, encoded once into the bytes of a whole WebSocket frame (RFC 6455 section 5.2, server to client
 * and so unmasked). Every socket writes the same bytes; a polling transport uses only the payload.
 *
 * <p>Reference counted like its buffer: code that keeps a packet must retain it.
 */
public final class EncodedPacket {

    private static final int FIN_TEXT = 0x81;
    private static final int FIN_BINARY = 0x82;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final byte[] EVENT_OPENING = "42[\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME_CLOSING = "\",".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT_CLOSING = "]".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuf frame;
    private final int payloadStart;
    private final boolean binary;

    private EncodedPacket(boolean binary, int length) {
        this.binary = binary;
        this.frame = ByteBufAllocator.DEFAULT.directBuffer(length + 10);
        frame.writeByte(binary ? FIN_BINARY : FIN_TEXT);
        if (length < LENGTH_16) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(LENGTH_16).writeShort(length);
        } else {
            frame.writeByte(LENGTH_64).writeLong(length);
        }
        this.payloadStart = frame.writerIndex();
    }

    /** A text packet: the Engine.IO type and what follows it, in UTF-8. */
    public static EncodedPacket text(byte[] utf8) {
        EncodedPacket packet = new EncodedPacket(false, utf8.length);
        packet.frame.writeBytes(utf8);
        return packet;
    }

    /** A text packet from a string without unpaired surrogates. */
    public static EncodedPacket text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A binary packet: the bytes of one attachment. */
    public static EncodedPacket binary(byte[] bytes) {
        EncodedPacket packet = new EncodedPacket(true, bytes.length);
        packet.frame.writeBytes(bytes);
        return packet;
    }

    /**
     * A Socket.IO EVENT in the main namespace with one argument: {@code 42["name",payload]}.
     *
     * @param name a name that needs no escaping in JSON
     * @param payload the argument as JSON in UTF-8; not validated
     */
    public static EncodedPacket event(String name, byte[] payload) {
        return event(name, payload, EVENT_CLOSING);
    }

    /**
     * Like {@link #event(String, byte[])}, with the event's position as the last argument:
     * {@code 42["name",payload,"position"]}.
     *
     * @param position ASCII text that needs no escaping in JSON
     */
    public static EncodedPacket event(String name, byte[] payload, String position) {
        return event(name, payload, (",\"" + position + "\"]").getBytes(StandardCharsets.US_ASCII));
    }

    private static EncodedPacket event(String name, byte[] payload, byte[] closing) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        int length = EVENT_OPENING.length + nameBytes.length + NAME_CLOSING.length + payload.length + closing.length;
        EncodedPacket packet = new EncodedPacket(false, length);
        packet.frame
                .writeBytes(EVENT_OPENING)
                .writeBytes(nameBytes)
                .writeBytes(NAME_CLOSING)
                .writeBytes(payload)
                .writeBytes(closing);
        return packet;
    }

    /**
     * A Socket.IO EVENT with a position as its only argument: {@code 42["name","position"]}.
     *
     * @param name a name that needs no escaping in JSON
     * @param position ASCII text that needs no escaping in JSON
     */
    public static EncodedPacket event(String name, String position) {
        return text("42[\"" + name + "\",\"" + position + "\"]");
    }

    public boolean isBinary() {
        return binary;
    }

    /** The frame's length in bytes: its cost in a queue. */
    public int size() {
        return frame.writerIndex();
    }

    /** The frame's shared buffer, for absolute reads only: callers must not move its indices or release it. */
    public ByteBuf shared() {
        return frame;
    }

    /** The frame for one write, which releases one reference. */
    public ByteBuf frame() {
        return frame.duplicate();
    }

    /** The payload without the frame's header; shares the packet's reference. */
    public ByteBuf payload() {
        return frame.slice(payloadStart, frame.writerIndex() - payloadStart);
    }

    public EncodedPacket retain() {
        frame.retain();
        return this;
    }

    public void release() {
        frame.release();
    }
}
