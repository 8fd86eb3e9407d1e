package dev.realtime.service.gateway.frontdoor;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Consumer;

/**
 * Answers requests right behind the front door, without the way through the back end: those that come all day, and whose
 * work is less than that way. Whoever implements it answers as the back end would; what it does not take, the back end
 * answers.
 */
public interface DirectEndpoint {

    /** Whether it answers the request with this head, whatever its body turns out to be. On the event loop. */
    boolean takes(HttpRequest head);

    /**
     * Begins a request that it takes. On the event loop.
     *
     * @param answer takes the answer: once, from any thread, before the end of the body or after it
     */
    Incoming begin(HttpRequest head, Consumer<FullHttpResponse> answer);

    /** A request on its way in; on the event loop, and no call may block. */
    interface Incoming {

        /** The next piece of the body, which stays the caller's. */
        void content(ByteBuf piece);

        /** The body is complete. */
        void end();

        /** Nobody waits for the answer any more. */
        void abort();
    }
}
