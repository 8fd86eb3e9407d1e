package dev.realtime.frontdoor.address;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;

/**
 * The sender of the current request, as far as it can be trusted: the peer itself, or the client that trusted proxies
 * report.
 *
 * <p>The front door sets it on the channel before it passes on each request, because a proxy's connection carries the
 * requests of many clients. It is valid until the response is complete, and for a WebSocket until the connection ends.
 *
 * @param address the client's IP address, without a zone; IPv4 addresses are never in their IPv6-mapped form
 * @param scheme {@code http} or {@code https}, as the client saw it
 * @param host host and port as the client wrote them; empty for an HTTP/1.0 client that sent none
 */
public record ClientAddress(InetAddress address, String scheme, String host) {

    private static final AttributeKey<ClientAddress> KEY = AttributeKey.valueOf(ClientAddress.class, "current");

    /** The IP address as text; never a host name. */
    public String ip() {
        return address.getHostAddress();
    }

    /** The address of the channel's current request; throws if there was no request yet. */
    public static ClientAddress of(Channel channel) {
        ClientAddress current = channel.attr(KEY).get();
        if (current == null) {
            throw new IllegalStateException("No request has arrived on this channel yet");
        }
        return current;
    }

    /** Sets this as the address of the channel's current request. */
    public void bindTo(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
