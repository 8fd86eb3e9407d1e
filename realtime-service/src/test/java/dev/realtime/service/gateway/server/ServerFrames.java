package dev.realtime.service.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.util.CharsetUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * What a server has sent after the answer to the handshake, read as strictly as a browser does (RFC 6455 section 5):
 * whole frames without masks and reserved bits, text in UTF-8, and nothing behind a close frame.
 */
final class ServerFrames {

    private static final int NONE = 0;

    private int texts;
    private int binaries;
    private int pongs;
    private int closeStatus = NONE;
    private boolean errorTold;

    /** Reads frames as they came, whole, and releases nothing. */
    ServerFrames(ByteBuf bytes) {
        while (bytes.isReadable()) {
            require(closeStatus == NONE, "something behind a close frame");
            int first = bytes.readUnsignedByte();
            int length = bytes.readUnsignedByte();
            require((first & 0xF0) == 0x80, "a frame in pieces or with reserved bits: " + first);
            require(length < 0x80, "a frame with a mask");
            if (length == 126) {
                length = bytes.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(bytes.readLong());
            }
            take(first & 0xF, bytes.readSlice(length));
        }
    }

    private void take(int opcode, ByteBuf payload) {
        switch (opcode) {
            case 1 -> {
                texts++;
                errorTold |= text(payload).contains("[\"error\",{\"code\":");
            }
            case 2 -> binaries++;
            case 8 -> {
                closeStatus = payload.readUnsignedShort();
                text(payload);
            }
            case 10 -> pongs++;
            default -> throw new IllegalStateException("a frame of kind " + opcode);
        }
    }

    private static String text(ByteBuf payload) {
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        try {
            return CharsetUtil.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("text that is not UTF-8", e);
        }
    }

    int texts() {
        return texts;
    }

    int binaries() {
        return binaries;
    }

    int pongs() {
        return pongs;
    }

    /** The status of the close frame; 0 without one. */
    int closeStatus() {
        return closeStatus;
    }

    /** Whether an event {@code error} said why. */
    boolean errorTold() {
        return errorTold;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
