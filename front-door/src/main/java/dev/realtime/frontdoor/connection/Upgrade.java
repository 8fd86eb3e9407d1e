package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.channel.EarlyFrames;
import dev.realtime.frontdoor.channel.RawRelay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;

/**
 * How a connection stops being HTTP: the endpoint's handlers take it over, or it becomes one with a connection to another
 * instance. What comes before that is done is kept.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be written ends in channelInactive.
final class Upgrade {

    private final Connection connection;
    private final ConnectionHandler handler;
    private final EarlyFrames early = new EarlyFrames();

    Upgrade(Connection connection, ConnectionHandler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    /** Keeps what came early. */
    void keep(Object frame) {
        if (!early.add(frame)) {
            connection.close();
        }
    }

    /** Keeps the failure of what came early: the endpoint says why it closes. */
    void keepFailure(Throwable cause) {
        early.addFailure(cause);
    }

    /** The endpoint's 101. */
    void toEndpoint(HttpResponse accepted, ChannelPromise promise) {
        begin();
        // One turn later, so that what the endpoint does when its handshake is done comes before the first frame.
        connection.ctx.write(
                accepted,
                promise.unvoid().addListener(_ -> connection.ctx.executor().execute(this::leave)));
    }

    /** The other instance has accepted the WebSocket: from here on its connection and this one are one. */
    void becomeTunnel(HttpResponse accepted, Channel peer) {
        ChannelHandlerContext ctx = connection.ctx;
        connection.services.tunnels().add(ctx.channel());
        connection.exchangeOver();
        begin();
        ctx.writeAndFlush(accepted);
        ctx.pipeline().remove(connection.encoder);
        ctx.pipeline().addAfter(ConnectionHandler.NAME, "relay", new RawRelay(peer));
        // What the decoder still holds comes here, and from here to the relay.
        ctx.pipeline().remove(connection.decoder);
        leave();
    }

    private void begin() {
        connection.upgrading = true;
        connection.requestDeadline.close();
        connection.writeDeadline.close();
    }

    /** The next handler has taken the channel over: what came early is its, and all that follows. */
    private void leave() {
        if (connection.ctx.isRemoved()) {
            // The connection ended first, and its pipeline with it.
            early.release();
            return;
        }
        connection.ctx.pipeline().remove(handler);
        early.handTo(connection.ctx);
    }

    /** The connection has ended. */
    void release() {
        early.release();
    }
}
