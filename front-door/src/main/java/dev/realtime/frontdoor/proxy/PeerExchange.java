package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.http.HopByHop;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.routing.Client;
import dev.realtime.frontdoor.routing.Exchange;
import dev.realtime.frontdoor.routing.Peers;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a session of another instance: finds that instance and forwards the request, as an HTTP exchange or as
 * a WebSocket.
 *
 * <p>If the instance is unknown or unreachable, this instance's endpoint gets the request: it does not know the
 * session, and its error makes the client start anew. Once a part of the body has been sent, that is impossible and the
 * response is 502.
 */
public final class PeerExchange implements Exchange {

    private final HttpRequest head;
    private final Client client;
    private final Backends backends;
    private final Peers peers;
    private final boolean mayTunnel;
    private @Nullable Exchange inner;
    private boolean requestRead;
    private boolean ended;

    /**
     * A request for a session that one of these instances has.
     *
     * @param mayTunnel whether a WebSocket may be relayed; otherwise it is refused with 503
     */
    public PeerExchange(HttpRequest head, Client client, Backends backends, Peers peers, boolean mayTunnel) {
        this.head = head;
        this.client = client.orElse(this::takeBack);
        this.backends = backends;
        this.peers = peers;
        this.mayTunnel = mayTunnel;
    }

    /** Finds the instance with this tag and forwards the request. */
    public void start(String tag) {
        client.holdBody();
        var found = peers.find(tag);
        if (found.isDone()) {
            found(found.join());
        } else {
            found.thenAcceptAsync(this::found, client.executor());
        }
    }

    private void found(Optional<InetSocketAddress> address) {
        if (ended) {
            return;
        }
        if (address.isEmpty()) {
            takeBack();
        } else if (isUpgrade() && !mayTunnel) {
            ended = true;
            client.fail(Refusal.closing());
        } else if (isUpgrade()) {
            PeerTunnel tunnel = new PeerTunnel(sealed(true), client, backends);
            inner = tunnel;
            tunnel.start(address.get());
        } else {
            BackendPool pool = backends.peerPool(client.channel().eventLoop(), address.get());
            ProxiedExchange proxied = new ProxiedExchange(sealed(false), client, pool, backends, peers.patience());
            inner = proxied;
            if (requestRead) {
                proxied.content(LastHttpContent.EMPTY_LAST_CONTENT);
            }
            proxied.start();
        }
    }

    private boolean isUpgrade() {
        return head.method().equals(HttpMethod.GET)
                && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && !HttpUtil.isTransferEncodingChunked(head)
                && HttpUtil.getContentLength(head, 0L) == 0;
    }

    /** A copy, since this instance may still need the original. */
    private HttpRequest sealed(boolean upgrade) {
        HttpRequest copy = new DefaultHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri());
        HttpHeaders headers = copy.headers().set(head.headers());
        HopByHop.strip(headers);
        if (upgrade) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        }
        if (!headers.contains(HttpHeaderNames.HOST)) {
            headers.set(HttpHeaderNames.HOST, "localhost");
        }
        ClientAddress address = ClientAddress.of(client.channel());
        headers.set(peers.header(), peers.seal(head.method().name(), head.uri(), address));
        return copy;
    }

    /** The instance is unreachable; false if it is too late to answer in its place. */
    private boolean takeBack() {
        if (inner instanceof ProxiedExchange proxied && proxied.bodySent()) {
            return false;
        }
        ended = true;
        client.toEndpoint(head);
        return true;
    }

    @Override
    public void content(HttpContent content) {
        requestRead |= content instanceof LastHttpContent;
        Exchange current = inner;
        if (current != null) {
            current.content(content);
        } else {
            // While the body is held, only the end of a request without a body arrives here.
            content.release();
        }
    }

    @Override
    public void contentPaused() {
        Exchange current = inner;
        if (current != null) {
            current.contentPaused();
        }
    }

    @Override
    public void clientWritable(boolean writable) {
        Exchange current = inner;
        if (current != null) {
            current.clientWritable(writable);
        }
    }

    @Override
    public void abort() {
        ended = true;
        Exchange current = inner;
        if (current != null) {
            current.abort();
        }
    }
}
