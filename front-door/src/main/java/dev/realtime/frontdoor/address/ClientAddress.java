package dev.realtime.frontdoor.address;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;

/**
 * Who sent the current request, as far as it can be believed: the peer itself, or what trusted proxies say.
 *
 * <p>The front door sets it on the channel before it passes on each request, since a proxy's connection carries
 * requests of many clients. It stays valid until the response is complete, and for the whole life of a WebSocket.
 *
 * @param address the client's IP address, without zone, an IPv4 address never in its IPv6 form
 * @param scheme {@code http} or {@code https}, as the client saw it
 * @param host host and port as the client wrote them, empty when it is an HTTP/1.0 client that sent none
 */
public record ClientAddress(InetAddress address, String scheme, String host) {

    private static final AttributeKey<ClientAddress> KEY = AttributeKey.valueOf(ClientAddress.class, "current");

    /** The IP address as text, never a name. */
    public String ip() {
        return address.getHostAddress();
    }

    /** The address of the request that the channel serves now; throws when there was none yet. */
    public static ClientAddress of(Channel channel) {
        ClientAddress current = channel.attr(KEY).get();
        if (current == null) {
            throw new IllegalStateException("No request has come through the front door on this channel");
        }
        return current;
    }

    /** Makes this the address of the request that the channel serves now. */
    public void bindTo(Channel channel) {
        channel.attr(KEY).set(this);
    }
}
