package dev.realtime.socketio.engine;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Finds the sender of a request. Called on the channel's event loop; must not block. */
@FunctionalInterface
public interface ClientResolver {

    RemoteClient resolve(Channel channel, HttpRequest request);

    /** The connection's peer itself, for servers that clients reach without a proxy. */
    static ClientResolver direct() {
        return (channel, request) -> new RemoteClient(
                channel.remoteAddress() instanceof InetSocketAddress peer
                        ? peer.getAddress()
                        : InetAddress.getLoopbackAddress(),
                request.headers().get(HttpHeaderNames.HOST, ""),
                channel.pipeline().get(SslHandler.class) != null);
    }
}
