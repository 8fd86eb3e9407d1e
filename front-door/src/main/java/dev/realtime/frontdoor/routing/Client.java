package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.http.Refusal;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.BooleanSupplier;

/** The client of one request, as whatever answers the request sees it. On the client's event loop, but for {@link #executor}. */
public interface Client {

    /** The client's connection. */
    Channel channel();

    /** The event loop of the connection. */
    EventExecutor executor();

    /** The same client, but where the back end cannot be reached this is tried first: true when it has answered. */
    Client orElse(BooleanSupplier answer);

    /** Passes on a piece of the answer. */
    void respond(Object piece);

    /** Sends what was passed on. */
    void flush();

    /** Stops the request body. */
    void holdBody();

    /** Lets the request body come again. */
    void resumeBody();

    /** Answers in the back end's stead; only before it has answered. */
    void fail(Refusal refusal);

    /** Ends the request with this answer, and its connection behind it. */
    void refuse(Refusal refusal);

    /** The answer has begun and will never be complete: the client must see that. */
    void truncated();

    /** Gives the request to our own endpoint after all, with as much of it as has come. */
    void toEndpoint(HttpRequest head);

    /** Another instance has accepted the WebSocket: from here on its connection and the client's are one. */
    void becomeTunnel(HttpResponse accepted, Channel peer);

    /** Ends the connection. */
    void close();
}
