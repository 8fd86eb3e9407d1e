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
 * The opening handshake (RFC 6455 section 4.2) and the pipeline after it: masked frames of bounded size, text in valid
 * UTF-8, each frame counted before aggregation. Must not enable extensions: unbounded decompression would be a denial
 * of service.
 */
public final class WebSocketHandshake {

    private WebSocketHandshake() {}

    /** The rules for frames of clients. */
    public static WebSocketDecoderConfig frames(int maxPayload) {
        return WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(maxPayload)
                // The decoder stands before the encoder, so its own Close frame would be lost: the transport sends one
                // itself and waits for the client to read it.
                .closeOnProtocolViolation(false)
                .build();
    }

    /**
     * Answers the request. Once the connection is a WebSocket, replaces the handler of this context with the receiver
     * of the frames; otherwise runs {@code failed}.
     *
     * @throws RefusedException if the request is not a handshake or has another version; it has not been answered then
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
