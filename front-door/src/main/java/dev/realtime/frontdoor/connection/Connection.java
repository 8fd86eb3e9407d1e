package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.channel.Deadline;
import dev.realtime.frontdoor.channel.LingeringClose;
import dev.realtime.frontdoor.http.PacedRequestDecoder;
import dev.realtime.frontdoor.http.RequestAwareResponseEncoder;
import dev.realtime.frontdoor.routing.Exchange;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** One client connection: the state that its parts share. On its event loop only. */
@SuppressWarnings("FutureReturnValueIgnored") // A failed close ends in channelInactive.
final class Connection {

    final DoorServices services;
    final Limits limits;
    final PacedRequestDecoder decoder;
    final RequestAwareResponseEncoder encoder;
    final ChannelHandlerContext ctx;
    final Deadline requestDeadline;
    final Deadline writeDeadline;

    Turn turn = Turn.withoutRequest();
    /** Answers the current request; null between requests and while the endpoint answers. */
    @Nullable
    Exchange exchange;
    /** Nothing more is written, and what still arrives is discarded. */
    boolean closing;
    /** The connection is becoming, or is, a WebSocket. */
    boolean upgrading;

    private boolean counted;

    Connection(
            DoorServices services,
            PacedRequestDecoder decoder,
            RequestAwareResponseEncoder encoder,
            ChannelHandlerContext ctx) {
        this.services = services;
        this.limits = services.limits();
        this.decoder = decoder;
        this.encoder = encoder;
        this.ctx = ctx;
        requestDeadline = new Deadline(ctx.executor());
        writeDeadline = new Deadline(ctx.executor());
    }

    /** Makes the stop wait for this connection. */
    void count() {
        if (!counted) {
            counted = true;
            services.proxied().incrementAndGet();
        }
    }

    void exchangeOver() {
        exchange = null;
        if (counted) {
            counted = false;
            services.proxied().decrementAndGet();
        }
    }

    void lingerAndClose() {
        if (!closing) {
            closing = true;
            requestDeadline.close();
            decoder.discardRest();
            LingeringClose.start(ctx.channel());
        }
    }

    void close() {
        ctx.close();
    }
}
