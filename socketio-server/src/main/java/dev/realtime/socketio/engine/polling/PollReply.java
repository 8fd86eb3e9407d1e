package dev.realtime.socketio.engine.polling;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** An open poll: a GET whose answer is still owed. */
public interface PollReply {

    /** The loop of the connection it came by. */
    EventLoop loop();

    /** Whether the client reads a body of bytes: it did not say {@code b64=1}. Of interest to revision 3 only. */
    boolean readsBytes();

    /**
     * Answers 200 with a payload, whose reference is taken over. On {@link #loop()}.
     *
     * @param bytes whether the payload is bytes, not text
     */
    void answer(ByteBuf payload, boolean bytes);
}
