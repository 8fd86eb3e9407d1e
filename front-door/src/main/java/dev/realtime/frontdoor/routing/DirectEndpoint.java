package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Answers requests right behind the front door, without the way through the back end: those that come all day, and whose
 * work is less than that way, and those that must be answered whatever the back end is busy with.
 */
public interface DirectEndpoint {

    /** Whether it answers the request with this head, whatever its body turns out to be. On the event loop. */
    boolean takes(HttpRequest head);

    /**
     * Begins a request that it takes. On the event loop. An answer that is given before this method returns spares a
     * client that asked by {@code Expect: 100-continue} its body.
     */
    Incoming begin(HttpRequest head, Caller caller);

    /** The client of one request. */
    interface Caller {

        /** Takes the answer: once, from any thread, before the end of the body or after it. */
        void answer(FullHttpResponse answer);

        /** Ends a request whose body arrives too slowly, unless it has been answered: 408. From any thread. */
        void tooSlow();

        /** Who sends the request; on the event loop. */
        ClientAddress address();
    }

    /** A request on its way in; on the event loop, and no call may block. */
    interface Incoming {

        /** A request whose body is of no use. */
        Incoming NONE = new Incoming() {
            @Override
            public void content(ByteBuf piece) {}

            @Override
            public void end() {}

            @Override
            public void abort() {}
        };

        /** The next piece of the body, which stays the caller's. */
        void content(ByteBuf piece);

        /** The body is complete. */
        void end();

        /** Nobody waits for the answer any more. */
        void abort();
    }
}
