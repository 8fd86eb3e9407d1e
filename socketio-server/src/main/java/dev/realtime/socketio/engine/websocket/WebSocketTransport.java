package dev.realtime.socketio.engine.websocket;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.Transport;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.WireFormat;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket, the last handler of its channel's pipeline: a session's transport from the start, or a candidate that
 * becomes it by an upgrade (protocol, sections "WebSocket" and "Upgrade"). Each packet is one frame; frames are written
 * as encoded, past the WebSocket encoder.
 */
public final class WebSocketTransport extends SimpleChannelInboundHandler<WebSocketFrame> implements Transport {

    public static final String NAME = "websocket";

    private static final Logger log = LoggerFactory.getLogger(WebSocketTransport.class);
    private static final byte[] PROBE = {'2', 'p', 'r', 'o', 'b', 'e'};
    private static final byte[] UPGRADE = {'5'};
    private static final long CLOSE_GRACE_SECONDS = 2;

    private final EngineSession session;
    private final EventLoop loop;
    private final Channel channel;
    /** The socket itself; null without epoll. */
    private final @Nullable Socket socket;

    private final WireFormat format;

    /** Whether the channel may have pending writes: at first the response to the handshake. */
    private boolean channelInUse = true;

    private boolean candidate;
    private boolean draining;
    private boolean closing;

    /** A transport on this channel, whose WebSocket handshake is complete. */
    public WebSocketTransport(EngineSession session, Channel channel, boolean candidate) {
        this.session = session;
        this.channel = channel;
        this.socket = channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket its ? its : null;
        this.format = session.format();
        this.loop = channel.eventLoop();
        this.candidate = candidate;
    }

    /** Counts the transport's bytes; goes before the frame decoder. */
    FrameBytes frameBytes() {
        return new FrameBytes(session.inbox());
    }

    /** Counts the transport's frames; goes before the frame aggregator. */
    FrameCount frameCount(FrameBytes bytes) {
        return new FrameCount(session.inbox(), bytes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void drain() {
        if (draining || closing) {
            return;
        }
        draining = true;
        // A flush may make room at once and fire channelWritabilityChanged during this call: check again before
        // leaving.
        boolean again;
        do {
            again = (!channelInUse || channel.isWritable())
                    && FrameWriter.ofThisLoop().write(session, this);
        } while (again);
        draining = false;
        closeIfFinished();
    }

    private void closeIfFinished() {
        if (session.outgoing().isFinished(this)) {
            close(CloseStatus.of(session.state().reason()));
        }
    }

    /** How packets are encoded in its frames. */
    public WireFormat format() {
        return format;
    }

    /**
     * The socket, for writes past the channel. Null while that would overtake pending writes of the channel, after the
     * connection has ended (its descriptor may belong to another one by then), and without epoll.
     */
    @Nullable
    public Socket direct() {
        Socket its = socket;
        if (its == null || !its.isOpen()) {
            return null;
        }
        if (channelInUse) {
            ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
            channelInUse = waiting == null || waiting.totalPendingWriteBytes() > 0;
        }
        return channelInUse ? null : its;
    }

    /**
     * Whether a packet can be written now, on this thread, without overtaking another one. May be called on any thread.
     */
    @Override
    public boolean takesAtOnce() {
        return loop.inEventLoop() && !channelInUse && !draining && !closing;
    }

    @Override
    public void writeAtOnce(EncodedPacket packet) {
        FrameWriter.write(packet, this);
        closeIfFinished();
    }

    /** Writes through the channel, without a flush, and takes over the message. */
    public void write(Object message) {
        channelInUse = true;
        channel.write(message, channel.voidPromise());
    }

    public void flush() {
        channel.flush();
    }

    @Override
    public void abort() {
        close(WebSocketCloseStatus.NORMAL_CLOSURE);
    }

    @Override
    public void setReading(boolean reading) {
        channel.config().setAutoRead(reading);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (closing) {
            // Whatever follows the server's Close frame is discarded, except the client's Close frame, which ends the
            // wait.
            if (frame instanceof CloseWebSocketFrame) {
                channel.close();
            }
            return;
        }
        try {
            switch (frame) {
                case TextWebSocketFrame text -> onText(ByteBufUtil.getBytes(text.content()));
                case BinaryWebSocketFrame binary -> onBinary(ByteBufUtil.getBytes(binary.content()));
                case PingWebSocketFrame ping -> onFramePing(ping);
                case CloseWebSocketFrame ignored -> closeToo();
                default -> {}
            }
        } catch (ProtocolException e) {
            fail(WebSocketCloseStatus.PROTOCOL_ERROR, e.getMessage());
        }
    }

    /** A client that does not read gets no pongs: they would pile up without bound. */
    private void onFramePing(PingWebSocketFrame ping) {
        if (channel.isWritable()) {
            write(new PongWebSocketFrame(ping.content().retain()));
            flush();
        }
    }

    private void onText(byte[] packet) throws ProtocolException {
        if (!candidate) {
            session.inbox().take(session.format().fromText(packet));
        } else if (Arrays.equals(packet, PROBE) && !session.upgrade().isProbed()) {
            EncodedPacket pong = Packets.probePong();
            write(pong.frame());
            flush();
            session.upgrade().onProbe();
        } else if (Arrays.equals(packet, UPGRADE) && session.upgrade().complete(this)) {
            candidate = false;
        } else {
            throw new ProtocolException("unexpected packet during the upgrade");
        }
    }

    private void onBinary(byte[] bytes) throws ProtocolException {
        if (candidate) {
            throw new ProtocolException("unexpected packet during the upgrade");
        }
        session.inbox().take(session.format().fromBinary(bytes));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!candidate && ctx.channel().isWritable()) {
            drain();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (candidate) {
            session.upgrade().onCandidateClosed(this);
        }
        session.onTransportClosed(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        log.debug("WebSocket connection failed", cause);
        if (cause instanceof IOException || cause instanceof PrematureChannelClosureException) {
            // The connection broke, possibly within a message: not a protocol violation.
            ctx.close();
            return;
        }
        fail(CloseStatus.of(cause), String.valueOf(cause.getMessage()));
    }

    private void fail(WebSocketCloseStatus status, String why) {
        log.debug("Closing a WebSocket connection: {}", why);
        // First, because the end of the session also closes, with a normal closure.
        close(status);
        if (!candidate) {
            session.end(EndReason.PROTOCOL_ERROR);
        }
    }

    private void closeToo() {
        closing = true;
        channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                .addListener(ChannelFutureListener.CLOSE);
        closeInAMoment();
    }

    private void close(WebSocketCloseStatus status) {
        if (closing) {
            return;
        }
        closing = true;
        dropFragments();
        // Closing a connection with unread data resets it, and the reset overtakes the last bytes sent.
        channel.config().setAutoRead(true);
        channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(sent -> LingeringClose.start(channel));
        closeInAMoment();
    }

    /** Drops the fragments of a message that will never be complete. */
    private void dropFragments() {
        if (channel.pipeline().get(WebSocketFrameAggregator.class) != null) {
            channel.pipeline().remove(WebSocketFrameAggregator.class);
        }
    }

    /** Bounds the wait for a client that does not read: the Close frame stays queued and keeps the connection open. */
    private void closeInAMoment() {
        loop.schedule(() -> channel.close(), CLOSE_GRACE_SECONDS, TimeUnit.SECONDS);
    }
}
