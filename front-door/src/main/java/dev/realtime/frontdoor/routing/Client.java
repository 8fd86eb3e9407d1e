package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.http.Refusal;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.BooleanSupplier;

/**
 * The client of one request, as seen by the exchange that answers it. On the client's event loop, except
 * {@link #executor}.
 */
public interface Client {

    Channel channel();

    EventExecutor executor();

    /**
     * The same client, but with a fallback for an unreachable back end; the fallback returns true if it has answered.
     */
    Client orElse(BooleanSupplier answer);

    /** Passes on a piece of the response. */
    void respond(Object piece);

    /** Flushes what was passed on. */
    void flush();

    /** Pauses the request body. */
    void holdBody();

    /** Resumes the request body. */
    void resumeBody();

    /** Answers in place of the back end; only before a response has begun. */
    void fail(Refusal refusal);

    /** Ends the request with this response, and closes the connection after it. */
    void refuse(Refusal refusal);

    /** Signals that a response that has begun cannot be completed. */
    void truncated();

    /** Gives the request to this instance's endpoint, with as much of it as has arrived. */
    void toEndpoint(HttpRequest head);

    /** Joins the client's connection with that of the other instance, which has accepted the WebSocket. */
    void becomeTunnel(HttpResponse accepted, Channel peer);

    /** Closes the connection. */
    void close();
}
