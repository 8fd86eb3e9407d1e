package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.wire.HttpAnswers;
import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.RequestError;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.function.Supplier;

/**
 * The opening handshake (RFC 6455 section 4.2) and the pipeline after it: frames with masks, of bounded size, in UTF-8
 * where they are text, each counted before fragments are put together. No extensions: an unbounded inflater would be a way to kill us.
 */
public final class WebSocketHandshake {

    private WebSocketHandshake() {}

    /** What frames of clients must be like. */
    public static WebSocketDecoderConfig frames(int maxPayload) {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(maxPayload)
                // The decoder stands before the encoder, so that its own close frame would go nowhere: the transport
                // says so itself, and waits for the client to read it.
                .closeOnProtocolViolation(false)
                .build();
    }

    /**
     * Answers the request and, once the connection is a WebSocket, puts the receiver of its frames in the place of the
     * handler of this context. When it does not become one, {@code failed} runs.
     *
     * @throws RefusedException when the request is no handshake, or one of another version; it is not answered then
     */
    public static void perform(
            ChannelHandlerContext ctx,
            HttpRequest request,
            WebSocketDecoderConfig frames,
            Supplier<WebSocketTransport> receiver,
            Runnable failed)
            throws RefusedException {
        if (!HttpAnswers.WEBSOCKET_VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            failed.run();
            throw new RefusedException(RequestError.WEBSOCKET_VERSION);
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshaker13(request.uri(), null, frames);
        FullHttpRequest full = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        try {
            handshaker.handshake(ctx.channel(), full).addListener(done -> {
                if (done.isSuccess()) {
                    WebSocketTransport transport = receiver.get();
                    FrameBytes bytes = transport.frameBytes();
                    ctx.pipeline().addBefore(FrameBytes.DECODER, null, bytes);
                    ctx.pipeline()
                            .addLast(
                                    transport.frameCount(bytes),
                                    new Utf8FrameValidator(false),
                                    new WebSocketFrameAggregator(frames.maxFramePayloadLength()),
                                    transport);
                    ctx.pipeline().remove(ctx.handler());
                } else {
                    failed.run();
                    ctx.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            failed.run();
            throw new RefusedException(RequestError.BAD_REQUEST);
        }
    }
}
