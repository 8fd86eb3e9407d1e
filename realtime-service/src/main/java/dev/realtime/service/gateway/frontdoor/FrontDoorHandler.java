package dev.realtime.service.gateway.frontdoor;

import dev.realtime.service.gateway.frontdoor.Turn.Route;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One client connection: takes its requests one at a time, sends each to the gateway's handlers behind it or to Tomcat,
 * and lets the next one come when the answer has left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be written or closed ends in channelInactive.
final class FrontDoorHandler extends ChannelDuplexHandler {

    static final String NAME = "front-door";

    /** How long a connection that has just come may take for its request when nothing new is accepted any more. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

    private final DoorServices services;
    private final FrontDoorProperties.Tuning tuning;
    private final BodyPace pace;
    private final PacedRequestDecoder decoder;
    private final RequestAwareResponseEncoder encoder;
    private final EarlyFrames early = new EarlyFrames();

    @SuppressWarnings("NullAway.Init") // Set when added to the pipeline, before anything else can happen.
    private ChannelHandlerContext ctx;

    @SuppressWarnings("NullAway.Init")
    private Deadline requestDeadline;

    @SuppressWarnings("NullAway.Init")
    private Deadline writeDeadline;

    private Turn turn = Turn.withoutRequest();
    private @Nullable Exchange exchange;
    private boolean counted;
    private boolean used;
    private boolean endpointConfigured;
    private boolean headTimed = true;
    private boolean upgrading;
    private boolean closing;

    FrontDoorHandler(DoorServices services, PacedRequestDecoder decoder, RequestAwareResponseEncoder encoder) {
        this.services = services;
        this.tuning = services.tuning();
        this.pace = new BodyPace(tuning, System::nanoTime);
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
        requestDeadline.set(tuning.headTimeout(), this::headOverdue);
        if (services.stopping()) {
            onStopping();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (upgrading) {
            keep(msg);
        } else if (closing) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest head) {
            head(head);
        } else if (msg instanceof HttpContent content) {
            content(content);
        } else {
            // The gateway has put its frame decoder in place already, the 101 is not written yet.
            keep(msg);
        }
    }

    private void keep(Object frame) {
        if (!early.add(frame)) {
            close();
        }
    }

    private void head(HttpRequest head) {
        turn = Turn.withoutRequest();
        headTimed = false;
        used = true;
        if (!ctx.channel().isActive()) {
            ReferenceCountUtil.release(head);
            closing = true;
            return;
        }
        Refusal refusal = services.admission().check(head);
        if (refusal != null) {
            ReferenceCountUtil.release(head);
            refuse(refusal);
            return;
        }
        turn = Turn.of(head);
        encoder.answering(turn.method());
        decoder.forgetHolds();
        pace.start(turn.length());
        requestDeadline.set(pace.patience(), this::bodyOverdue);
        if (services.admission().isGateways(head.uri())) {
            toGateway(head);
        } else {
            toBackend(head);
        }
    }

    private void toGateway(HttpRequest head) {
        boolean mayForward = services.admission().forGateway(head, ctx.channel());
        Peers peers = services.peers();
        String tag = mayForward && peers != null ? peers.foreignTag(head.uri()) : null;
        if (peers == null || tag == null) {
            toEndpoint(head);
            return;
        }
        turn.route = Route.PEER;
        PeerExchange started = new PeerExchange(head, this, new ClientSide(this, decoder, ctx), services, peers);
        exchange = started;
        started.start(tag);
    }

    /** To our own gateway, with as much of the request as has come. */
    void toEndpoint(HttpRequest head) {
        exchangeOver();
        SocketIoEndpoint endpoint = services.endpoint();
        if (endpoint == null) {
            answer(new Refusal(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, "gateway_unavailable", "There is no gateway here."));
            return;
        }
        if (!endpointConfigured) {
            endpointConfigured = true;
            endpoint.configure(ctx.pipeline());
        }
        services.metrics().gatewayRequest();
        turn.route = Route.GATEWAY;
        ctx.fireChannelRead(head);
        if (turn.requestRead) {
            ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            decoder.resume();
        }
    }

    /** To whoever is behind us: the direct endpoint where it takes the request, else Tomcat. */
    private void toBackend(HttpRequest head) {
        count();
        turn.route = Route.BACKEND;
        ClientSide client = new ClientSide(this, decoder, ctx);
        DirectEndpoint direct = services.direct(head);
        if (direct != null) {
            services.metrics().directRequest();
            DirectExchange started = new DirectExchange(head, client, direct, services);
            exchange = started;
            started.start(turn.expectsContinue());
            return;
        }
        services.admission().forBackend(head, ctx.channel());
        services.metrics().proxiedRequest();
        if (turn.length() > tuning.maxBody().toBytes()) {
            answer(Refusal.bodyTooLarge());
            return;
        }
        BackendPool pool = services.pool(ctx.channel().eventLoop());
        ProxiedExchange started = new ProxiedExchange(head, client, pool, services, tuning.responseTimeout());
        exchange = started;
        started.start();
    }

    private void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            refuse(Refusal.badRequest("The request body is not well-formed."));
            return;
        }
        boolean last = content instanceof LastHttpContent;
        turn.requestRead |= last;
        if (turn.bodyUnwanted()) {
            long drained = turn.drained(content.content().readableBytes());
            content.release();
            if (drained > tuning.maxDrain().toBytes()) {
                lingerAndClose();
            } else if (last) {
                settle();
            }
            return;
        }
        if (last) {
            requestDeadline.clear();
        } else {
            pace.received(content.content().readableBytes());
        }
        Exchange current = exchange;
        if (turn.received(content.content().readableBytes()) > tuning.maxBody().toBytes()
                && current instanceof ProxiedExchange) {
            content.release();
            refuse(Refusal.bodyTooLarge());
            return;
        }
        if (current != null) {
            current.content(content);
        } else {
            ctx.fireChannelRead(content);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = exchange;
        if (current != null) {
            current.contentPaused();
        }
        if (turn.route == Route.NONE && !headTimed && decoder.headStarted()) {
            headTimed = true;
            requestDeadline.set(tuning.headTimeout(), this::headOverdue);
        }
        context.fireChannelReadComplete();
    }

    /** What the gateway writes. */
    @Override
    public void write(ChannelHandlerContext context, Object msg, ChannelPromise promise) {
        if (upgrading) {
            context.write(msg, promise);
        } else if (turn.route != Route.GATEWAY || turn.responseEnded) {
            ReferenceCountUtil.release(msg);
            promise.tryFailure(new IllegalStateException("No request is waiting for an answer on this connection"));
        } else if (msg instanceof HttpResponse response
                && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            upgrading = true;
            requestDeadline.close();
            writeDeadline.close();
            // One turn later, so that what the gateway does when its handshake is done comes before the first frame.
            context.write(
                    msg, promise.unvoid().addListener(_ -> context.executor().execute(this::leave)));
        } else {
            respond(msg, promise);
        }
    }

    /** The gateway has taken the channel over: what came early is its, and all that follows. */
    private void leave() {
        if (ctx.isRemoved()) {
            // The connection ended first, and its pipeline with it.
            early.release();
            return;
        }
        ctx.pipeline().remove(this);
        early.handTo(ctx);
    }

    /** The other instance has accepted the WebSocket: from here on its connection and this one are one. */
    void becomeTunnel(HttpResponse accepted, Channel peer) {
        upgrading = true;
        services.tunnels().add(ctx.channel());
        exchangeOver();
        requestDeadline.close();
        writeDeadline.close();
        ctx.writeAndFlush(accepted);
        ctx.pipeline().remove(encoder);
        ctx.pipeline().addAfter(NAME, "relay", new RawRelay(peer));
        // What the decoder still holds comes here, and from here to the relay.
        ctx.pipeline().remove(decoder);
        leave();
    }

    void respond(Object msg, ChannelPromise promise) {
        if (msg instanceof HttpResponse response) {
            if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
                if (turn.interim(response)) {
                    ctx.write(msg, promise);
                } else {
                    ReferenceCountUtil.release(msg);
                    promise.trySuccess();
                }
                return;
            }
            turn.begin(response, !services.lastAnswers(), tuning.maxDrain().toBytes());
        }
        if (msg instanceof LastHttpContent) {
            turn.responseEnded = true;
            exchangeOver();
            writeDeadline.set(tuning.writeTimeout(), this::truncated);
            ctx.write(msg, promise.unvoid().addListener(written -> flushed(written.isSuccess())));
        } else {
            ctx.write(msg, promise);
        }
    }

    private void flushed(boolean success) {
        writeDeadline.clear();
        if (success) {
            turn.responseFlushed = true;
            settle();
        } else {
            close();
        }
    }

    /** Has the stop wait for this connection. */
    private void count() {
        if (!counted) {
            counted = true;
            services.proxied().incrementAndGet();
        }
    }

    private void exchangeOver() {
        exchange = null;
        if (counted) {
            counted = false;
            services.proxied().decrementAndGet();
        }
    }

    /** After a complete answer: the next request, the rest of this one, or the end. */
    private void settle() {
        if (!turn.responseFlushed || closing) {
            return;
        }
        if (!turn.keepAlive() || (turn.requestRead && services.stopping())) {
            lingerAndClose();
        } else if (turn.requestRead) {
            turn = Turn.withoutRequest();
            requestDeadline.set(tuning.idleTimeout(), this::close);
            decoder.next();
        } else {
            requestDeadline.set(tuning.drainTimeout(), this::lingerAndClose);
            decoder.resume();
        }
    }

    /** The front door's own answer to a request that may be read to its end. */
    void answer(Refusal refusal) {
        services.metrics().refused(refusal);
        turn.route = Route.OWN;
        exchangeOver();
        respond(refusal.response(), ctx.newPromise());
        ctx.flush();
        decoder.resume();
    }

    /** Answers a request that must not be read any further, if it is not too late for an answer. */
    void refuse(Refusal refusal) {
        Exchange current = exchange;
        if (current != null) {
            current.abort();
        }
        if (turn.responseBegun) {
            truncated();
            return;
        }
        turn.last();
        encoder.answering(turn.method());
        decoder.discardRest();
        answer(refusal);
    }

    private void headOverdue() {
        if (decoder.headStarted()) {
            turn = Turn.withoutRequest();
            refuse(Refusal.requestTimeout());
        } else {
            close();
        }
    }

    private void bodyOverdue() {
        if (!turn.requestRead && pace.overdue(decoder.heldMeanwhile())) {
            refuse(Refusal.requestTimeout());
        } else if (!turn.requestRead) {
            requestDeadline.set(pace.patience(), this::bodyOverdue);
        }
    }

    private void lingerAndClose() {
        if (!closing) {
            closing = true;
            requestDeadline.close();
            decoder.discardRest();
            LingeringClose.start(ctx.channel());
        }
    }

    /** The answer has begun and will never be complete. */
    void truncated() {
        services.metrics().truncated();
        if (turn.endsWithConnection()) {
            LingeringClose.reset(ctx.channel());
        } else {
            close();
        }
    }

    private void close() {
        ctx.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        if (!writable && !upgrading) {
            writeDeadline.set(tuning.writeTimeout(), this::truncated);
        } else if (!turn.responseEnded) {
            writeDeadline.clear();
        }
        Exchange current = exchange;
        if (current != null) {
            current.clientWritable(writable);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof DoorServices.Stopping) {
            onStopping();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void onStopping() {
        if (turn.route != Route.NONE || upgrading || closing) {
            return;
        }
        if (used && !decoder.headStarted()) {
            lingerAndClose();
        } else {
            // Its request is on its way, and nobody has told the client to send it elsewhere.
            count();
            requestDeadline.set(ON_ITS_WAY, () -> {
                exchangeOver();
                lingerAndClose();
            });
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        Exchange current = exchange;
        exchangeOver();
        if (current != null) {
            current.abort();
        }
        requestDeadline.close();
        writeDeadline.close();
        early.release();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (upgrading || context.pipeline().context(decoder) == null) {
            // Of a frame that came early: the gateway says why it closes.
            early.addFailure(cause);
        } else {
            context.close();
        }
    }
}
