package dev.realtime.socketio.engine.wire;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.protocol.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * How packets stand in WebSocket frames and in the bodies of polling. Total: whatever a client sends is a packet or an
 * {@link ProtocolException}, at a cost that grows with its length only.
 */
public interface WireFormat {

    /** The packet in a text frame. */
    ReceivedPacket fromText(byte[] frame) throws ProtocolException;

    /** The packet in a binary frame. */
    ReceivedPacket fromBinary(byte[] frame) throws ProtocolException;

    /** Whether the packet's own frame is what goes over a WebSocket. */
    boolean isFrame(EncodedPacket packet);

    /** The packet as a WebSocket frame, taking over one of its references. */
    ByteBuf frame(EncodedPacket packet);

    /** How many bytes a packet takes in a body at most. */
    int sizeInBody(EncodedPacket packet);

    /** Appends a packet to a body. */
    void append(EncodedPacket packet, ByteBuf body);

    /** Whether a body with a binary packet goes out as bytes to a client that reads them. */
    boolean hasBinaryBodies();

    /** Appends a packet to a body of bytes, where there are any; no longer than {@link #sizeInBody}. */
    void appendToBytes(EncodedPacket packet, ByteBuf body);

    /**
     * Takes a body apart.
     *
     * @param binary whether it was sent as bytes, not as text
     */
    List<ReceivedPacket> packets(byte[] body, boolean binary) throws ProtocolException;

    /** Refuses bytes of a body that are not text as browsers take it. */
    static void requireUtf8(byte[] body, int start, int end) throws ProtocolException {
        if (Utf8.firstMalformed(body, start, end) != Utf8.WELL_FORMED) {
            throw new ProtocolException("not UTF-8");
        }
    }
}
