package dev.realtime.service.gateway.frontdoor;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
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
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the back end and back, streamed both ways, all on the client's event loop.
 *
 * <p>A body is gathered until it is complete or {@value GatheredBody#ENOUGH} bytes of it are here; only then the request
 * takes a connection. So clients that send slowly hold no connections, and larger bodies hold one only while they keep the
 * {@link BodyPace}. A client that expects a 100 gets it from here.
 *
 * <p>The rest of a body is held back in the client's decoder until the head has been handed to a connection, so a request
 * that met a connection just closed by the back end can be sent again on a fresh one: always when it never got out, and for an
 * idempotent method also when it was sent and nothing came back, as long as no body went with it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be written ends in backendGone().
final class ProxiedExchange implements Exchange {

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final HttpRequest head;
    private final boolean bodyless;
    private final ClientSide client;
    private final BackendPool pool;
    private final Deadline deadline;
    private final FrontDoorProperties.Tuning tuning;
    private final Duration patience;
    private final ClientKey clientKey;
    /** Null without a body, and once it has been sent. */
    private @Nullable GatheredBody gathered;

    private boolean gathering;
    private @Nullable BackendConnection connection;
    private boolean ended;
    private boolean fresh;
    private boolean headSent;
    private boolean bodySent;
    private boolean requestComplete;
    private boolean sendFailed;
    private boolean answering;
    private boolean interim;
    private boolean reusable;

    ProxiedExchange(HttpRequest head, ClientSide client, BackendPool pool, DoorServices services, Duration patience) {
        this.head = head;
        this.client = client;
        this.pool = pool;
        this.deadline = new Deadline(client.ctx().executor());
        this.tuning = services.tuning();
        this.patience = patience;
        boolean chunked = HttpUtil.isTransferEncodingChunked(head);
        bodyless = !chunked && HttpUtil.getContentLength(head, 0L) == 0;
        InetAddress address = ClientAddress.of(client.ctx().channel()).address();
        clientKey = ClientKey.of(address);
        if (!bodyless) {
            gathering = true;
            gathered = new GatheredBody(services.bodies(), address, this::tooSlow);
        }
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        head.headers().remove(HttpHeaderNames.TRAILER);
    }

    void start() {
        boolean expected = HttpUtil.is100ContinueExpected(head);
        head.headers().remove(HttpHeaderNames.EXPECT);
        if (!gathering) {
            acquire();
            return;
        }
        if (expected) {
            client.respond(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            client.flush();
        }
        client.resumeBody();
    }

    /** Whose share of the connections this takes. */
    ClientKey clientKey() {
        return clientKey;
    }

    /** Whether a part of the body has been sent, so that nobody else can be sent it. */
    boolean bodySent() {
        return bodySent;
    }

    private void acquire() {
        client.holdBody();
        deadline.set(tuning.connectTimeout(), this::noneFree);
        pool.acquire(this);
    }

    private void gather(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        requestComplete |= last;
        GatheredBody body = gathered;
        boolean room = body == null || body.add(content.content(), last);
        content.release();
        if (ended || body == null) {
            return;
        }
        if (!room) {
            client.refuse(Refusal.backendBusy());
        } else if (last || body.isEnough()) {
            gathering = false;
            acquire();
        }
    }

    /** Others need the memory, and this body arrives most slowly. From any thread. */
    private void tooSlow() {
        client.ctx().executor().execute(() -> {
            if (!ended) {
                client.refuse(Refusal.requestTimeout());
            }
        });
    }

    boolean wantsFresh() {
        return fresh;
    }

    void connected(BackendConnection found) {
        if (ended) {
            found.release();
            return;
        }
        connection = found;
        found.serve(this);
        deadline.set(patience, this::responseOverdue);
        ChannelFuture sent = found.channel().writeAndFlush(bodyless ? wholeRequest() : head);
        sent.addListener(_ -> {
            if (!ended && connection == found) {
                headOut(sent.isSuccess());
            }
        });
    }

    private HttpRequest wholeRequest() {
        DefaultFullHttpRequest whole =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, head.method(), head.uri(), Unpooled.EMPTY_BUFFER);
        whole.headers().set(head.headers());
        return whole;
    }

    private void headOut(boolean success) {
        if (!success) {
            retryOr(true);
            return;
        }
        headSent = true;
        GatheredBody body = gathered;
        BackendConnection current = connection;
        if (body != null && current != null) {
            bodySent = true;
            gathered = null;
            current.channel().write(new DefaultHttpContent(body.content()));
            ChannelFuture written = current.channel()
                    .writeAndFlush(requestComplete ? LastHttpContent.EMPTY_LAST_CONTENT : Unpooled.EMPTY_BUFFER);
            written.addListener(_ -> body.close());
            listenFor(written, current);
        }
        if (!requestComplete) {
            client.resumeBody();
        }
    }

    @Override
    public void content(HttpContent content) {
        if (bodyless) {
            requestComplete |= content instanceof LastHttpContent;
            content.release();
        } else if (gathering) {
            gather(content);
        } else {
            send(content);
        }
    }

    private void send(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        requestComplete |= last;
        BackendConnection current = connection;
        if (current == null || sendFailed || ended) {
            content.release();
            return;
        }
        bodySent = true;
        if (!answering) {
            deadline.set(patience, this::responseOverdue);
        }
        HttpContent piece = content;
        if (last && content.content().isReadable()) {
            // Trailers are not passed on; nobody behind us reads them.
            current.channel().write(new DefaultHttpContent(content.content()));
            piece = LastHttpContent.EMPTY_LAST_CONTENT;
        } else if (last) {
            content.release();
            piece = LastHttpContent.EMPTY_LAST_CONTENT;
        }
        ChannelFuture written = last
                ? current.channel().writeAndFlush(piece)
                : current.channel().write(piece);
        listenFor(written, current);
        if (!current.channel().isWritable() && !sendFailed) {
            client.holdBody();
        }
    }

    private void listenFor(ChannelFuture written, BackendConnection current) {
        written.addListener(_ -> {
            if (!written.isSuccess() && connection == current && !sendFailed) {
                // The back end reads no more, yet its answer may be here already: keep listening, keep the client
                // going.
                sendFailed = true;
                client.resumeBody();
            }
        });
    }

    @Override
    public void contentPaused() {
        if (connection != null) {
            connection.channel().flush();
        }
    }

    void backendWritable(boolean writable) {
        if (writable && headSent && !ended) {
            client.resumeBody();
        }
    }

    @Override
    public void clientWritable(boolean writable) {
        if (connection != null) {
            connection.channel().config().setAutoRead(writable);
        }
    }

    /** A piece of the answer. */
    void answered(HttpObject piece) {
        if (piece.decoderResult().isFailure()) {
            ReferenceCountUtil.release(piece);
            backendGone();
            return;
        }
        if (piece instanceof HttpResponse response) {
            answeredHead(response);
        } else if (interim) {
            interim = !(piece instanceof LastHttpContent);
            ReferenceCountUtil.release(piece);
        } else if (piece instanceof LastHttpContent) {
            complete(piece);
        } else {
            client.respond(piece);
        }
    }

    private void answeredHead(HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            backendGone();
            return;
        }
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim = true;
            DefaultFullHttpResponse copy =
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, response.status(), Unpooled.EMPTY_BUFFER);
            HopByHop.strip(response.headers());
            copy.headers().set(response.headers());
            client.respond(copy);
            client.flush();
            return;
        }
        deadline.clear();
        answering = true;
        reusable = HttpUtil.isKeepAlive(response) && knowsItsEnd(response);
        HopByHop.strip(response.headers());
        client.respond(response);
    }

    private boolean knowsItsEnd(HttpResponse response) {
        int status = response.status().code();
        return HttpUtil.isTransferEncodingChunked(response)
                || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || status == 204
                || status == 304
                || head.method().equals(HttpMethod.HEAD)
                || response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED, true);
    }

    private void complete(HttpObject last) {
        BackendConnection done = end();
        if (done != null) {
            if (reusable && (requestComplete || bodyless) && !sendFailed) {
                done.release();
            } else {
                done.discard();
            }
        }
        client.respond(last);
        client.flush();
    }

    /** What the back end had to say for now. */
    void answerPaused() {
        client.flush();
    }

    /** The connection is gone before the answer was complete. */
    void backendGone() {
        if (ended) {
            return;
        }
        if (answering) {
            abort();
            client.truncated();
        } else {
            retryOr(!headSent);
        }
    }

    private void retryOr(boolean unsent) {
        BackendConnection lost = connection;
        connection = null;
        boolean retry = lost != null
                && lost.used()
                && !fresh
                && !bodySent
                && !interim
                && (unsent || IDEMPOTENT.contains(head.method()));
        if (lost != null) {
            lost.discard();
        }
        if (!retry) {
            unreachable();
            return;
        }
        fresh = true;
        headSent = false;
        acquire();
    }

    void unreachable() {
        failWith(Refusal.backendUnavailable());
    }

    void noneFree() {
        failWith(Refusal.backendBusy());
    }

    private void responseOverdue() {
        failWith(Refusal.backendTimeout());
    }

    private void failWith(Refusal refusal) {
        if (!ended) {
            abort();
            client.fail(refusal);
        }
    }

    @Override
    public void abort() {
        BackendConnection current = end();
        if (current != null) {
            current.discard();
        }
    }

    private @Nullable BackendConnection end() {
        ended = true;
        deadline.close();
        pool.forget(this);
        GatheredBody body = gathered;
        if (body != null) {
            gathered = null;
            body.close();
        }
        BackendConnection current = connection;
        connection = null;
        return current;
    }
}
