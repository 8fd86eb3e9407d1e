package dev.realtime.socketio.engine.wire;

import io.netty.buffer.ByteBuf;

/** Receives the body of a request. */
public interface BodyReceiver {

    /** A piece of the body; the caller releases it. */
    void onContent(ByteBuf content);

    /** The body is complete. */
    void onEnd();
}
