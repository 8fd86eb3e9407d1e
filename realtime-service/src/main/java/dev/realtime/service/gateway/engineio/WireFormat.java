package dev.realtime.service.gateway.engineio;

import dev.realtime.service.fanout.EncodedPacket;
import dev.realtime.service.text.Utf8;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * How packets stand in WebSocket frames and in the bodies of polling. Total: whatever a client sends is a packet or an
 * {@link EngineException}, at a cost that grows with its length only.
 */
interface WireFormat {

    /** The packet in a text frame. */
    ReceivedPacket fromText(byte[] frame) throws EngineException;

    /** The packet in a binary frame. */
    ReceivedPacket fromBinary(byte[] frame) throws EngineException;

    /** Whether the packet's own frame is what goes over a WebSocket. */
    boolean isFrame(EncodedPacket packet);

    /** The packet as a WebSocket frame, taking over one of its references. */
    ByteBuf frame(EncodedPacket packet);

    /** How many bytes a packet takes in a body at most. */
    int sizeInBody(EncodedPacket packet);

    /** Appends a packet to a body. */
    void append(EncodedPacket packet, ByteBuf body);

    /**
     * Takes a body apart.
     *
     * @param binary whether it was sent as bytes, not as text
     */
    List<ReceivedPacket> packets(byte[] body, boolean binary) throws EngineException;

    /** Refuses bytes of a body that are not text as browsers take it. */
    static void requireUtf8(byte[] body, int start, int end) throws EngineException {
        if (Utf8.firstMalformed(body, start, end) != Utf8.WELL_FORMED) {
            throw new EngineException("not UTF-8");
        }
    }
}
