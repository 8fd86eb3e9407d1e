package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.function.BooleanSupplier;

/** The client of a proxied exchange, as the exchange needs it. */
record ClientSide(
        FrontDoorHandler handler, PacedRequestDecoder decoder, ChannelHandlerContext ctx, BooleanSupplier unreachable) {

    ClientSide(FrontDoorHandler handler, PacedRequestDecoder decoder, ChannelHandlerContext ctx) {
        this(handler, decoder, ctx, () -> false);
    }

    /** The same, but where the back end cannot be reached this is tried first: true when it has answered. */
    ClientSide orElse(BooleanSupplier answer) {
        return new ClientSide(handler, decoder, ctx, answer);
    }

    /** Passes on a piece of the answer. */
    void respond(Object piece) {
        handler.respond(piece, ctx.newPromise());
    }

    void flush() {
        ctx.flush();
    }

    /** Stops the request body. */
    void holdBody() {
        decoder.hold();
    }

    /** Lets the request body come again. */
    void resumeBody() {
        decoder.resume();
    }

    /** Answers in the back end's stead; only before it has answered. */
    void fail(Refusal refusal) {
        if (!refusal.status().equals(HttpResponseStatus.BAD_GATEWAY) || !unreachable.getAsBoolean()) {
            handler.answer(refusal);
        }
    }

    /** Ends the request with this answer, and its connection behind it. */
    void refuse(Refusal refusal) {
        handler.refuse(refusal);
    }

    /** The answer has begun and will never be complete: the client must see that. */
    void truncated() {
        handler.truncated();
    }
}
