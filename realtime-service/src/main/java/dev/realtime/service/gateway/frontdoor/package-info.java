/**
 * The one port. Netty owns it; what is under {@code /socket.io/} goes to the gateway's handlers in the same pipeline,
 * every other request is streamed to Spring MVC's Tomcat, which listens on loopback only and serves nobody but us; but
 * for those of a {@link dev.realtime.service.gateway.frontdoor.DirectEndpoint}, which are answered here, since the second
 * connection, its threads and the filters behind it would cost several times what there is to do.
 *
 * <pre>
 *                       client connection (one event loop)
 *   bytes -&gt; http-decoder -&gt; front-door --- /socket.io/ ---&gt; endpoint's handlers (SocketIoEndpoint)
 *            PacedRequest-   FrontDoor-
 *            Decoder         Handler   --- broadcasts, probes -&gt; DirectExchange -&gt; DirectEndpoint
 *                               |    \--- the rest ---&gt; ProxiedExchange -&gt; BackendPool -&gt; Tomcat
 *   bytes &lt;- http-encoder &lt;-    |    &lt;------------------------'
 * </pre>
 *
 * <p>Requests are routed one by one, not connection by connection. One request of a connection is served at a time: the
 * decoder goes on when the answer has been flushed. The decoder that stops is also the upload's backpressure; the
 * back-end channel that is not read is the download's. A request takes a back-end connection only when its body is here,
 * or enough of it; what waits for that is paid for by {@link dev.realtime.service.gateway.frontdoor.BodyMemory}, and its
 * sender must keep the {@link dev.realtime.service.gateway.frontdoor.BodyPace}.
 *
 * <p>What is refused rather than interpreted: see {@link dev.realtime.service.gateway.frontdoor.RequestRules} (framing)
 * and {@link dev.realtime.service.gateway.frontdoor.RequestTarget} (paths). Whose {@code X-Forwarded-*} is believed: see
 * {@link dev.realtime.service.gateway.frontdoor.ForwardedHeaders}. The contract with the gateway: see
 * {@link dev.realtime.service.gateway.frontdoor.SocketIoEndpoint}.
 */
@NullMarked
package dev.realtime.service.gateway.frontdoor;

import org.jspecify.annotations.NullMarked;
