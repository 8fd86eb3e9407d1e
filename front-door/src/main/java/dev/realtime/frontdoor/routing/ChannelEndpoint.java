package dev.realtime.frontdoor.routing;

import io.netty.channel.ChannelPipeline;

/**
 * Serves every request below its {@link #path()} with handlers in the client's own pipeline: long polls and WebSockets, for
 * which a second connection behind the front door would be too much.
 *
 * <p>{@link #configure} is called on the channel's event loop when the first such request of a connection arrives; the
 * handlers added stay until the connection ends. They never see {@code channelActive} (the connection may have served
 * other requests before) and always see {@code channelInactive}, promptly also while a poll is open.
 *
 * <h2>Protocol</h2>
 *
 * <ul>
 *   <li>In: one {@code HttpRequest} head (decoded well, target in origin form and free of tricks, Host checked,
 *       forwarded headers ours), then {@code HttpContent}s up to a {@code LastHttpContent}; the receiver releases them.
 *       They are not aggregated and not bounded. The next request comes only after the response to this one has been
 *       flushed.
 *   <li>Out: an {@code HttpResponse} head and {@code HttpContent}s, or a {@code FullHttpResponse}, written and flushed
 *       on the channel or a context. Keep-alive, {@code Connection}, and a missing {@code Content-Length} or
 *       {@code Transfer-Encoding} are the front door's work; {@code Connection: close} in the response is obeyed.
 *       {@code 100 Continue} is up to the endpoint. An answer before the end of the body is fine: the rest is read and
 *       thrown away, and the endpoint sees no more of it.
 *   <li>A write when no request of the endpoint is waiting for an answer fails its promise with
 *       {@code IllegalStateException} and goes nowhere.
 *   <li>WebSocket: use Netty's {@code WebSocketServerHandshaker} on the channel with a {@code FullHttpRequest}. With
 *       the 101 the front door leaves the pipeline; what remains is the WebSocket codec and the endpoint's handlers,
 *       with no time limits of ours. The first frame comes after the handshake's future has completed. Look at the
 *       value of {@code Upgrade}, not at its presence: Java's HTTP client asks every server for {@code h2c}.
 * </ul>
 */
public interface ChannelEndpoint {

    /** What the front door sends here. */
    EndpointPath path();

    /** Adds the endpoint's handlers to the end of the pipeline. */
    void configure(ChannelPipeline pipeline);
}
