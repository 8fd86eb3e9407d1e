package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.ChannelHandlerContext;

/** The client of a proxied exchange, as the exchange needs it. */
record ClientSide(FrontDoorHandler handler, PacedRequestDecoder decoder, ChannelHandlerContext ctx) {

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
        handler.answer(refusal);
    }

    /** The answer has begun and will never be complete: the client must see that. */
    void truncated() {
        handler.truncated();
    }
}
