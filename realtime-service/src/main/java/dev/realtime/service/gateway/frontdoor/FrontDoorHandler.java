package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: takes its requests one at a time, sends each to the gateway's handlers behind it or to Tomcat,
 * and lets the next one come when the answer has left.
 */
final class FrontDoorHandler extends ChannelDuplexHandler implements ProxiedExchange.Client {

    static final String NAME = "front-door";

    private enum Route {
        /** Between requests. */
        NONE,
        GATEWAY,
        PROXIED,
        /** The front door answers by itself. */
        OWN
    }

    /** How long a client may take to close after we have said our last word. */
    private static final long LINGER_SECONDS = 2;

    private final DoorServices services;
    private final PacedRequestDecoder decoder;
    private final RequestAwareResponseEncoder encoder;

    @SuppressWarnings("NullAway.Init") // Set when added to the pipeline, before anything else can happen.
    private ChannelHandlerContext ctx;

    @SuppressWarnings("NullAway.Init")
    private Deadline requestDeadline;

    @SuppressWarnings("NullAway.Init")
    private Deadline writeDeadline;

    private Route route = Route.NONE;
    private @Nullable ProxiedExchange exchange;
    private boolean endpointConfigured;
    private HttpMethod method = HttpMethod.GET;
    private boolean http10;
    private boolean keepAlive = true;
    private boolean expectsContinue;
    private boolean requestRead;
    private boolean responseBegun;
    private boolean responseEnded;
    private boolean responseFlushed;
    private boolean endsWithConnection;
    private boolean waitingForHead = true;
    private boolean closing;
    private boolean upgrading;
    private long drained;
    private final Deque<Object> early = new ArrayDeque<>();

    FrontDoorHandler(DoorServices services, PacedRequestDecoder decoder, RequestAwareResponseEncoder encoder) {
        this.services = services;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        requestDeadline = new Deadline(context.executor());
        writeDeadline = new Deadline(context.executor());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        requestDeadline.set(services.tuning().headTimeout(), this::headOverdue);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (upgrading) {
            early.add(msg);
        } else if (closing) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest head) {
            head(head);
        } else if (msg instanceof HttpContent content) {
            content(content);
        } else if (route == Route.GATEWAY) {
            // A frame that the new decoder found behind the upgrade request.
            early.add(msg);
        } else {
            ReferenceCountUtil.release(msg);
        }
    }

    private void begin() {
        method = HttpMethod.GET;
        encoder.answering(method);
        requestRead = false;
        responseBegun = false;
        responseEnded = false;
        responseFlushed = false;
        expectsContinue = false;
        waitingForHead = false;
        drained = 0;
    }

    private void head(HttpRequest head) {
        begin();
        if (!ctx.channel().isActive()) {
            ReferenceCountUtil.release(head);
            closing = true;
            return;
        }
        Refusal refusal = RequestRules.check(head);
        if (refusal != null) {
            ReferenceCountUtil.release(head);
            refuse(refusal);
            return;
        }
        RequestTarget target;
        try {
            target = RequestTarget.parse(head.method(), head.uri());
        } catch (IllegalArgumentException e) {
            refuse(Refusal.badRequest(String.valueOf(e.getMessage())));
            return;
        }
        target.applyTo(head);
        method = head.method();
        encoder.answering(method);
        http10 = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        keepAlive = HttpUtil.isKeepAlive(head);
        expectsContinue = HttpUtil.is100ContinueExpected(head);
        requestDeadline.set(services.tuning().bodyTimeout(), this::bodyOverdue);
        if (target.socketIo()) {
            toGateway(head);
        } else {
            toBackend(head);
        }
    }

    private void toGateway(HttpRequest head) {
        identify(head);
        SocketIoEndpoint endpoint = services.endpoint();
        if (endpoint == null) {
            fail(new Refusal(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, "gateway_unavailable", "There is no gateway here."));
            return;
        }
        if (!endpointConfigured) {
            endpointConfigured = true;
            endpoint.configure(ctx.pipeline());
        }
        services.metrics().gatewayRequest();
        route = Route.GATEWAY;
        ctx.fireChannelRead(head);
    }

    private void toBackend(HttpRequest head) {
        HopByHop.strip(head.headers());
        identify(head);
        if (!head.headers().contains("host")) {
            head.headers().set("host", "localhost");
        }
        head.headers().set(BackendSecret.HEADER, services.secret().value());
        services.metrics().proxiedRequest();
        route = Route.PROXIED;
        services.proxied().incrementAndGet();
        ProxiedExchange started = new ProxiedExchange(
                head, this, services.pool(ctx.channel().eventLoop()), new Deadline(ctx.executor()), services.tuning());
        exchange = started;
        started.start();
    }

    private void identify(HttpRequest head) {
        head.headers().remove(BackendSecret.HEADER);
        InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
        services.forwarded().rewrite(head.headers(), peer.getAddress()).bindTo(ctx.channel());
    }

    private void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            if (responseBegun) {
                truncated();
            } else {
                refuse(Refusal.badRequest("The request body is not well-formed."));
            }
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last) {
            requestRead = true;
        }
        if (responseEnded || route == Route.OWN) {
            drained += content.content().readableBytes();
            content.release();
            if (drained > services.tuning().maxDrain().toBytes()) {
                lingerAndClose();
            } else if (last) {
                settle();
            }
            return;
        }
        if (last) {
            requestDeadline.clear();
        } else {
            requestDeadline.set(services.tuning().bodyTimeout(), this::bodyOverdue);
        }
        ProxiedExchange current = exchange;
        if (current != null) {
            current.content(content);
        } else {
            ctx.fireChannelRead(content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ProxiedExchange current = exchange;
        if (current != null) {
            current.contentPaused();
        }
        if (route == Route.NONE && !waitingForHead && decoder.headStarted()) {
            waitingForHead = true;
            requestDeadline.set(services.tuning().headTimeout(), this::headOverdue);
        }
        context.fireChannelReadComplete();
    }

    /** What the gateway writes. */
    @Override
    public void write(ChannelHandlerContext context, Object msg, ChannelPromise promise) {
        if (upgrading) {
            context.write(msg, promise);
        } else if (route != Route.GATEWAY || responseEnded) {
            ReferenceCountUtil.release(msg);
            promise.tryFailure(new IllegalStateException("No request is waiting for an answer on this connection"));
        } else if (msg instanceof HttpResponse response
                && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            upgrading = true;
            requestDeadline.close();
            writeDeadline.close();
            // One turn later, so that whatever the gateway does when its handshake is done comes before the first
            // frame.
            context.write(
                    msg, promise.unvoid().addListener(_ -> context.executor().execute(this::leave)));
        } else {
            respond(msg, promise);
        }
    }

    @Override
    public void respond(HttpObject piece) {
        respond(piece, ctx.newPromise());
    }

    private void respond(Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                expectsContinue &= response.status().code() != HttpResponseStatus.CONTINUE.code();
                if (http10) {
                    ReferenceCountUtil.release(msg);
                    promise.trySuccess();
                } else {
                    ctx.write(msg, promise);
                }
                return;
            }
            responseBegun = true;
            // Without its 100 the client may or may not send the body: nobody can know where the next request begins.
            boolean unclear = expectsContinue && !requestRead;
            ResponseFraming framing =
                    ResponseFraming.apply(response, method, http10, keepAlive && !unclear && !services.draining());
            keepAlive = framing.keepAlive();
            endsWithConnection = framing.endsWithConnection();
        }
        if (msg instanceof LastHttpContent) {
            responseEnded = true;
            exchangeOver();
            writeDeadline.set(services.tuning().writeTimeout(), this::truncated);
            ctx.write(msg, promise.unvoid().addListener(written -> {
                writeDeadline.clear();
                if (written.isSuccess()) {
                    responseFlushed = true;
                    settle();
                } else {
                    ctx.close();
                }
            }));
        } else {
            ctx.write(msg, promise);
        }
    }

    private void exchangeOver() {
        if (exchange != null) {
            exchange = null;
            services.proxied().decrementAndGet();
        }
    }

    /** After a complete answer: the next request, the rest of this one, or the end. */
    private void settle() {
        if (!responseFlushed || closing) {
            return;
        }
        if (!keepAlive) {
            lingerAndClose();
        } else if (requestRead) {
            route = Route.NONE;
            requestDeadline.set(services.tuning().idleTimeout(), this::close);
            if (services.draining()) {
                lingerAndClose();
            } else {
                decoder.next();
            }
        } else {
            requestDeadline.set(services.tuning().drainTimeout(), this::lingerAndClose);
            decoder.resume();
        }
    }

    @Override
    public void fail(Refusal refusal) {
        services.metrics().refused(refusal);
        route = Route.OWN;
        exchangeOver();
        respond(refusal.response(), ctx.newPromise());
        ctx.flush();
        decoder.resume();
    }

    /** Answers a request that must not be read any further. */
    private void refuse(Refusal refusal) {
        keepAlive = false;
        ProxiedExchange current = exchange;
        if (current != null) {
            current.abort();
        }
        decoder.discardRest();
        fail(refusal);
    }

    private void headOverdue() {
        if (decoder.headStarted()) {
            begin();
            refuse(new Refusal(HttpResponseStatus.REQUEST_TIMEOUT, "request_timeout", "The request came too slowly."));
        } else {
            close();
        }
    }

    private void bodyOverdue() {
        if (decoder.isHeld() || requestRead) {
            requestDeadline.set(services.tuning().bodyTimeout(), this::bodyOverdue);
        } else if (responseBegun) {
            truncated();
        } else {
            refuse(new Refusal(
                    HttpResponseStatus.REQUEST_TIMEOUT, "request_timeout", "The request body came too slowly."));
        }
    }

    /** Says no more, waits a moment for the client to read and close, so that no reset overtakes the answer. */
    private void lingerAndClose() {
        if (closing) {
            return;
        }
        closing = true;
        requestDeadline.close();
        decoder.discardRest();
        if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            close();
        }
    }

    @Override
    public void truncated() {
        services.metrics().truncated();
        if (endsWithConnection) {
            // Only a reset tells this client that the end is not the end.
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close();
    }

    private void close() {
        ctx.close();
    }

    @Override
    public void flush() {
        ctx.flush();
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public void holdBody() {
        decoder.hold();
    }

    @Override
    public void resumeBody() {
        decoder.resume();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        if (upgrading) {
            context.fireChannelWritabilityChanged();
            return;
        }
        if (!writable) {
            writeDeadline.set(services.tuning().writeTimeout(), this::truncated);
        } else if (!responseEnded) {
            writeDeadline.clear();
        }
        ProxiedExchange current = exchange;
        if (current != null) {
            current.clientWritable(writable);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        ProxiedExchange current = exchange;
        exchangeOver();
        if (current != null) {
            current.abort();
        }
        requestDeadline.close();
        writeDeadline.close();
        early.forEach(ReferenceCountUtil::release);
        early.clear();
        context.fireChannelInactive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == FrontDoorServer.DRAIN) {
            if (route == Route.NONE && !upgrading && !decoder.headStarted()) {
                lingerAndClose();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** The gateway has taken the channel over: what came early is its, and all that follows. */
    private void leave() {
        ctx.pipeline().remove(this);
        boolean any = !early.isEmpty();
        while (!early.isEmpty()) {
            ctx.fireChannelRead(early.poll());
        }
        if (any) {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        requestDeadline.close();
        writeDeadline.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
