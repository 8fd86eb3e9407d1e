package dev.realtime.socketio.engine.wire;

import io.netty.buffer.ByteBuf;

/** What the rest of a request is for. */
public interface BodyReceiver {

    /** Some of it; the caller releases it. */
    void onContent(ByteBuf content);

    /** All of it has come. */
    void onEnd();
}
