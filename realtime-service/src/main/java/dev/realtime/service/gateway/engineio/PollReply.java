package dev.realtime.service.gateway.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;

/** An open poll: a GET whose answer is still owed. */
interface PollReply {

    /** The loop of the connection it came by. */
    EventLoop loop();

    /** Answers 200 with a payload, whose reference is taken over. On {@link #loop()}. */
    void answer(ByteBuf payload);
}
