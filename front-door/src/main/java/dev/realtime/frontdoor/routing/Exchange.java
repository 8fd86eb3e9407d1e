package dev.realtime.frontdoor.routing;

import io.netty.handler.codec.http.HttpContent;

/** A request that somebody else answers, as the client's connection sees it; on the client's event loop. */
public interface Exchange {

    /** The next piece of the request's body; owned by the exchange from here on. */
    void content(HttpContent content);

    /** No more of the body for now. */
    void contentPaused();

    /** The client reads slower than its answer comes, or has caught up. */
    void clientWritable(boolean writable);

    /** The client is gone, or nobody waits for the answer any more. */
    void abort();
}
