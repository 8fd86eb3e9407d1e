package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Answers requests at the front door, without the back end: frequent requests whose work costs less than the way
 * through the back end, and requests that must be answered however busy the back end is.
 */
public interface DirectEndpoint {

    /** Whether it answers the request with this head, whatever the body contains. On the event loop. */
    boolean takes(HttpRequest head);

    /**
     * Begins a request that it takes. On the event loop. If it answers before this method returns, a client that sent
     * {@code Expect: 100-continue} is spared its body.
     */
    Incoming begin(HttpRequest head, Caller caller);

    /** The client of one request. */
    interface Caller {

        /** Takes the response: once, from any thread, before or after the end of the body. */
        void answer(FullHttpResponse answer);

        /** Ends a request whose body arrives too slowly with 408, unless it has been answered. From any thread. */
        void tooSlow();

        /** The sender of the request; on the event loop. */
        ClientAddress address();
    }

    /** An incoming request. On the event loop; no method may block. */
    interface Incoming {

        /** Ignores the request's body. */
        Incoming NONE = new Incoming() {
            @Override
            public void content(ByteBuf piece) {}

            @Override
            public void end() {}

            @Override
            public void abort() {}
        };

        /** The next piece of the body; the caller keeps ownership. */
        void content(ByteBuf piece);

        /** The body is complete. */
        void end();

        /** The response is no longer wanted. */
        void abort();
    }
}
