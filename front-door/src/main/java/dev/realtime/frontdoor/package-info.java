/**
 * One port in front of a back end. Requests below one path are served by an endpoint's handlers in the client's own
 * pipeline. Requests that a direct endpoint takes are answered on the event loop, because a second connection and the
 * back end's threads and filters would cost several times the work itself. All other requests are streamed to the back
 * end.
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
 * <p>Requests are routed one by one, not connection by connection. A connection's requests are served one at a time:
 * the decoder continues when the response has been flushed. Pausing the decoder is also the upload's backpressure; not
 * reading the back-end channel is the download's. A request takes a back-end connection only when its body is here, or
 * enough of it. The memory of waiting bodies is bounded by {@link dev.realtime.frontdoor.body.BodyMemory}, and their
 * senders must keep the {@link dev.realtime.frontdoor.body.BodyPace}.
 *
 * <p>What is refused rather than interpreted: {@link dev.realtime.frontdoor.http.RequestRules} (framing) and
 * {@link dev.realtime.frontdoor.routing.RequestTarget} (paths). Whose {@code X-Forwarded-*} is trusted:
 * {@link dev.realtime.frontdoor.address.ForwardedHeaders}. The contract with the endpoint:
 * {@link dev.realtime.frontdoor.routing.ChannelEndpoint}.
 */
@NullMarked
package dev.realtime.frontdoor;

import org.jspecify.annotations.NullMarked;
