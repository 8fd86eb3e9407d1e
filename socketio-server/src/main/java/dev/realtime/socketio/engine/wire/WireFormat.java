package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.protocol.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * How packets are encoded in WebSocket frames and in polling bodies. Decoding is total: whatever a client sends is a
 * packet or a {@link ProtocolException}, at a cost linear in its length.
 */
public interface WireFormat {

    /** The packet in a text frame. */
    ReceivedPacket fromText(byte[] frame) throws ProtocolException;

    /** The packet in a binary frame. */
    ReceivedPacket fromBinary(byte[] frame) throws ProtocolException;

    /** Whether the packet's own frame can be written to a WebSocket as it is. */
    boolean isFrame(EncodedPacket packet);

    /** The packet as a WebSocket frame; takes over one of its references. */
    ByteBuf frame(EncodedPacket packet);

    /** The most bytes that a packet takes in a body. */
    int sizeInBody(EncodedPacket packet);

    /** Appends a packet to a text body. */
    void append(EncodedPacket packet, ByteBuf body);

    /** Whether a body with a binary packet is sent as binary to a client that reads it. */
    boolean hasBinaryBodies();

    /** Appends a packet to a binary body, if the revision has those; takes at most {@link #sizeInBody} bytes. */
    void appendToBytes(EncodedPacket packet, ByteBuf body);

    /**
     * Decodes a body.
     *
     * @param binary whether it was sent as binary, not as text
     */
    List<ReceivedPacket> packets(byte[] body, boolean binary) throws ProtocolException;

    /** Refuses bytes of a body that are not well-formed UTF-8. */
    static void requireUtf8(byte[] body, int start, int end) throws ProtocolException {
        if (Utf8.firstMalformed(body, start, end) != Utf8.WELL_FORMED) {
            throw new ProtocolException("not UTF-8");
        }
    }
}
