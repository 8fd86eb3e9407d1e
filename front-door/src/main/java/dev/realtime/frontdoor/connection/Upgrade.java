package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.channel.EarlyFrames;
import dev.realtime.frontdoor.channel.RawRelay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;

/**
 * How a connection stops being HTTP: the endpoint's handlers take it over, or it is joined with a connection to another
 * instance. What arrives before that is kept.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in channelInactive.
final class Upgrade {

    private final Connection connection;
    private final ConnectionHandler handler;
    private final EarlyFrames early = new EarlyFrames();

    Upgrade(Connection connection, ConnectionHandler handler) {
        this.connection = connection;
        this.handler = handler;
    }

    /** Keeps a message that arrived early. */
    void keep(Object frame) {
        if (!early.add(frame)) {
            connection.close();
        }
    }

    /** Keeps the failure of an early message, so that the endpoint closes with the right status. */
    void keepFailure(Throwable cause) {
        early.addFailure(cause);
    }

    /** Writes the endpoint's 101. */
    void toEndpoint(HttpResponse accepted, ChannelPromise promise) {
        begin();
        // One turn later, so that the endpoint finishes its handshake before the first frame.
        connection.ctx.write(
                accepted,
                promise.unvoid().addListener(_ -> connection.ctx.executor().execute(this::leave)));
    }

    /** Joins the client's connection with that of the other instance, which has accepted the WebSocket. */
    void becomeTunnel(HttpResponse accepted, Channel peer) {
        ChannelHandlerContext ctx = connection.ctx;
        connection.services.tunnels().add(ctx.channel());
        connection.exchangeOver();
        begin();
        ctx.writeAndFlush(accepted);
        ctx.pipeline().remove(connection.encoder);
        ctx.pipeline().addAfter(ConnectionHandler.NAME, "relay", new RawRelay(peer));
        // Removing the decoder sends its remaining bytes here, and from here to the relay.
        ctx.pipeline().remove(connection.decoder);
        leave();
    }

    private void begin() {
        connection.upgrading = true;
        connection.requestDeadline.close();
        connection.writeDeadline.close();
    }

    /** Leaves the pipeline: early messages, and all that follow, go to the next handler. */
    private void leave() {
        if (connection.ctx.isRemoved()) {
            // The connection ended first.
            early.release();
            return;
        }
        connection.ctx.pipeline().remove(handler);
        early.handTo(connection.ctx);
    }

    /** Drops the early messages; the connection has ended. */
    void release() {
        early.release();
    }
}
