package dev.realtime.frontdoor.routing;

import io.netty.handler.codec.http.HttpContent;

/** A request being answered, as the client's connection sees it; on the client's event loop. */
public interface Exchange {

    /** The next piece of the request's body; the exchange owns it from now on. */
    void content(HttpContent content);

    /** No more of the body has arrived for now. */
    void contentPaused();

    /** The client reads more slowly than its response arrives, or has caught up. */
    void clientWritable(boolean writable);

    /** The client is gone, or its response is no longer wanted. */
    void abort();
}
