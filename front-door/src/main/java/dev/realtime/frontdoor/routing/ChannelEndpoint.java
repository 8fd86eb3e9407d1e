package dev.realtime.frontdoor.routing;

import io.netty.channel.ChannelPipeline;

/**
 * Serves every request below its {@link #path()} with handlers in the client's own pipeline: long polls and WebSockets,
 * for which a second connection behind the front door would cost too much.
 *
 * <p>{@link #configure} is called on the channel's event loop when a connection's first such request arrives; the
 * handlers it adds stay until the connection ends. They never see {@code channelActive} (the connection may have served
 * other requests before) and always see {@code channelInactive}, without delay even during a poll.
 *
 * <h2>Protocol</h2>
 *
 * <ul>
 *   <li>In: one {@code HttpRequest} head (decoded, target in origin form and unambiguous, Host checked, forwarding
 *       headers rewritten), then {@code HttpContent}s up to a {@code LastHttpContent}; the receiver releases them. They
 *       are not aggregated and not bounded. The next request comes only after the response to this one has been
 *       flushed.
 *   <li>Out: an {@code HttpResponse} head and {@code HttpContent}s, or a {@code FullHttpResponse}, written and flushed
 *       on the channel or a context. The front door handles keep-alive, {@code Connection}, and a missing
 *       {@code Content-Length} or {@code Transfer-Encoding}; it obeys {@code Connection: close} in the response.
 *       {@code 100 Continue} is up to the endpoint. A response may come before the end of the body: the rest is then
 *       discarded, and the endpoint sees no more of it.
 *   <li>A write while no request of the endpoint awaits a response fails its promise with {@code IllegalStateException}
 *       and is dropped.
 *   <li>WebSocket: use Netty's {@code WebSocketServerHandshaker} on the channel with a {@code FullHttpRequest}. With
 *       the 101 the front door leaves the pipeline; the WebSocket codec and the endpoint's handlers remain, without the
 *       front door's time limits. The first frame comes after the handshake's future has completed. Check the value of
 *       {@code Upgrade}, not its presence: Java's HTTP client asks every server for {@code h2c}.
 * </ul>
 */
public interface ChannelEndpoint {

    /** The path whose requests this endpoint serves. */
    EndpointPath path();

    /** Adds the endpoint's handlers to the end of the pipeline. */
    void configure(ChannelPipeline pipeline);
}
