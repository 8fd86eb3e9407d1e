package dev.realtime.socketio.engine.polling;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** An open poll: a GET whose answer is still owed. */
public interface PollReply {

    /** The loop of the connection it came by. */
    EventLoop loop();

    /** Answers 200 with a payload, whose reference is taken over. On {@link #loop()}. */
    void answer(ByteBuf payload);
}
