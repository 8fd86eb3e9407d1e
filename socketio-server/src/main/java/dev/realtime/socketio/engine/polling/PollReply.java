package dev.realtime.socketio.engine.polling;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** An open poll: a GET without a response yet. */
public interface PollReply {

    /** The event loop of the poll's connection. */
    EventLoop loop();

    /**
     * Answers 200 with a payload and takes over its reference. On {@link #loop()}.
     *
     * @param bytes whether the payload is binary
     */
    void answer(ByteBuf payload, boolean bytes);
}
