package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.body.BodyPace;
import dev.realtime.frontdoor.connection.Turn.Route;
import dev.realtime.frontdoor.http.PacedRequestDecoder;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.http.RequestAwareResponseEncoder;
import dev.realtime.frontdoor.proxy.ProxiedExchange;
import dev.realtime.frontdoor.routing.Exchange;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;

/**
 * One client connection's handler: takes its requests one at a time, has each routed to the endpoint's handlers behind
 * it or to the back end, and lets the next one through once the response has been flushed.
 */
final class ConnectionHandler extends ChannelDuplexHandler {

    static final String NAME = "front-door";

    /** How long a connection may take to complete its first or current request once the stop has begun. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

    private final DoorServices services;
    private final Limits limits;
    private final BodyPace pace;
    private final PacedRequestDecoder decoder;
    private final RequestAwareResponseEncoder encoder;

    @SuppressWarnings("NullAway.Init") // Set in handlerAdded(), before any event.
    private Connection connection;

    @SuppressWarnings("NullAway.Init")
    private Answers answers;

    @SuppressWarnings("NullAway.Init")
    private Upgrade upgrade;

    @SuppressWarnings("NullAway.Init")
    private Router router;

    private boolean used;
    private boolean headTimed = true;

    ConnectionHandler(DoorServices services, PacedRequestDecoder decoder, RequestAwareResponseEncoder encoder) {
        this.services = services;
        this.limits = services.limits();
        this.pace = new BodyPace(limits.bodyTimeout(), limits.minBodyRate(), limits.maxBody(), System::nanoTime);
        this.decoder = decoder;
        this.encoder = encoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection = new Connection(services, decoder, encoder, context);
        answers = new Answers(connection);
        upgrade = new Upgrade(connection, this);
        router = new Router(connection, answers, upgrade);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection.requestDeadline.set(limits.headTimeout(), this::headOverdue);
        if (services.stopping()) {
            onStopping();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object msg) {
        if (connection.upgrading) {
            upgrade.keep(msg);
        } else if (connection.closing) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpRequest head) {
            head(head);
        } else if (msg instanceof HttpContent content) {
            content(content);
        } else {
            // The endpoint has installed its frame decoder, but the 101 is not written yet.
            upgrade.keep(msg);
        }
    }

    private void head(HttpRequest head) {
        connection.turn = Turn.withoutRequest();
        headTimed = false;
        used = true;
        if (!connection.ctx.channel().isActive()) {
            ReferenceCountUtil.release(head);
            connection.closing = true;
            return;
        }
        Refusal refusal = services.admission().check(head);
        if (refusal != null) {
            ReferenceCountUtil.release(head);
            answers.refuse(refusal);
            return;
        }
        Turn turn = Turn.of(head);
        connection.turn = turn;
        encoder.answering(turn.method());
        decoder.forgetHolds();
        pace.start(turn.length());
        connection.requestDeadline.set(pace.patience(), this::bodyOverdue);
        router.route(head);
    }

    private void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            answers.refuse(Refusal.badRequest("The request body is not well-formed."));
            return;
        }
        Turn turn = connection.turn;
        boolean last = content instanceof LastHttpContent;
        turn.requestRead |= last;
        if (turn.bodyUnwanted()) {
            drain(content, last);
            return;
        }
        if (last) {
            connection.requestDeadline.clear();
        } else {
            pace.received(content.content().readableBytes());
        }
        Exchange current = connection.exchange;
        if (turn.received(content.content().readableBytes()) > limits.maxBody() && current instanceof ProxiedExchange) {
            content.release();
            answers.refuse(Refusal.bodyTooLarge());
            return;
        }
        if (current != null) {
            current.content(content);
        } else {
            connection.ctx.fireChannelRead(content);
        }
    }

    private void drain(HttpContent content, boolean last) {
        long drained = connection.turn.drained(content.content().readableBytes());
        content.release();
        if (drained > limits.maxDrain()) {
            connection.lingerAndClose();
        } else if (last) {
            answers.settle();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Exchange current = connection.exchange;
        if (current != null) {
            current.contentPaused();
        }
        if (connection.turn.route == Route.NONE && !headTimed && decoder.headStarted()) {
            headTimed = true;
            connection.requestDeadline.set(limits.headTimeout(), this::headOverdue);
        }
        context.fireChannelReadComplete();
    }

    /** Handles what the endpoint writes. */
    @Override
    public void write(ChannelHandlerContext context, Object msg, ChannelPromise promise) {
        Turn turn = connection.turn;
        if (connection.upgrading) {
            context.write(msg, promise);
        } else if (turn.route != Route.ENDPOINT || turn.responseEnded) {
            ReferenceCountUtil.release(msg);
            promise.tryFailure(new IllegalStateException("No request is waiting for a response on this connection"));
        } else if (msg instanceof HttpResponse response
                && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            upgrade.toEndpoint(response, promise);
        } else {
            answers.respond(msg, promise);
        }
    }

    private void headOverdue() {
        if (decoder.headStarted()) {
            connection.turn = Turn.withoutRequest();
            answers.refuse(Refusal.requestTimeout());
        } else {
            connection.close();
        }
    }

    private void bodyOverdue() {
        if (!connection.turn.requestRead && pace.overdue(decoder.heldMeanwhile())) {
            answers.refuse(Refusal.requestTimeout());
        } else if (!connection.turn.requestRead) {
            connection.requestDeadline.set(pace.patience(), this::bodyOverdue);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        boolean writable = context.channel().isWritable();
        if (!writable && !connection.upgrading) {
            connection.writeDeadline.set(limits.writeTimeout(), answers::truncated);
        } else if (!connection.turn.responseEnded) {
            connection.writeDeadline.clear();
        }
        Exchange current = connection.exchange;
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
        if (connection.turn.route != Route.NONE || connection.upgrading || connection.closing) {
            return;
        }
        if (used && !decoder.headStarted()) {
            connection.lingerAndClose();
        } else {
            // The client's request is on its way, and nothing has told the client to send it elsewhere.
            connection.count();
            connection.requestDeadline.set(ON_ITS_WAY, () -> {
                connection.exchangeOver();
                connection.lingerAndClose();
            });
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.closing = true;
        Exchange current = connection.exchange;
        connection.exchangeOver();
        if (current != null) {
            current.abort();
        }
        connection.requestDeadline.close();
        connection.writeDeadline.close();
        upgrade.release();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (connection.upgrading || context.pipeline().context(decoder) == null) {
            // The failure of an early frame: the endpoint closes with the right status.
            upgrade.keepFailure(cause);
        } else {
            context.close();
        }
    }
}
