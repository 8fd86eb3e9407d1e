/**
 * One port in front of a back end. Requests below one path are served by an endpoint's handlers in the client's own pipeline;
 * those that a direct endpoint takes are answered on the event loop, since the second connection, its threads and the filters
 * behind it would cost several times what there is to do; all others are streamed to the back end.
 *
 * <pre>
 *                       client connection (one event loop)
 *   bytes -&gt; http-decoder -&gt; front-door ---- the path ----&gt; the endpoint's handlers (ChannelEndpoint)
 *            PacedRequest-   Connection-
 *            Decoder         Handler   ---- taken -----&gt; DirectExchange -&gt; DirectEndpoint
 *                               |    \---- the rest ---&gt; ProxiedExchange -&gt; BackendPool -&gt; the back end
 *   bytes &lt;- http-encoder &lt;-    |    &lt;------------------------'
 * </pre>
 *
 * <p>Requests are routed one by one, not connection by connection. One request of a connection is served at a time: the
 * decoder goes on when the answer has been flushed. The decoder that stops is also the upload's backpressure; the
 * back-end channel that is not read is the download's. A request takes a back-end connection only when its body is here,
 * or enough of it; what waits for that is paid for by {@link dev.realtime.frontdoor.body.BodyMemory}, and its sender must
 * keep the {@link dev.realtime.frontdoor.body.BodyPace}.
 *
 * <p>What is refused rather than interpreted: see {@link dev.realtime.frontdoor.http.RequestRules} (framing) and
 * {@link dev.realtime.frontdoor.routing.RequestTarget} (paths). Whose {@code X-Forwarded-*} is believed: see
 * {@link dev.realtime.frontdoor.address.ForwardedHeaders}. The contract with the endpoint: see
 * {@link dev.realtime.frontdoor.routing.ChannelEndpoint}.
 */
@NullMarked
package dev.realtime.frontdoor;

import org.jspecify.annotations.NullMarked;
