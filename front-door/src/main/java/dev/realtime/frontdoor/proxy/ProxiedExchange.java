package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.address.ClientKey;
import dev.realtime.frontdoor.body.GatheredBody;
import dev.realtime.frontdoor.channel.Deadline;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.routing.Client;
import dev.realtime.frontdoor.routing.Exchange;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the back end and back, streamed both ways, on the client's event loop.
 *
 * <p>A body is gathered until it is complete or {@value GatheredBody#ENOUGH} bytes of it are here; only then does the
 * request take a connection. So slow clients hold no connections, and larger bodies hold one only while they keep the
 * {@link dev.realtime.frontdoor.body.BodyPace}. A client that expects a 100 gets it from here.
 *
 * <p>The rest of a body stays in the client's decoder until the head has been written. So a request that meets a
 * connection that the back end has just closed can be retried once on a fresh one: always if it was never sent, and for
 * an idempotent method also if it was sent without a response, provided that no part of the body was sent.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write ends in backendGone().
public final class ProxiedExchange implements Exchange {

    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);

    private final HttpRequest head;
    private final boolean bodyless;
    private final Client client;
    private final BackendPool pool;
    private final Deadline deadline;
    private final Duration connectTimeout;
    private final Duration patience;
    private final ClientKey clientKey;
    private final ProxiedBody body;
    private final ProxiedAnswer answer;
    private @Nullable BackendConnection connection;
    private boolean ended;
    private boolean fresh;
    private boolean headSent;

    ProxiedExchange(HttpRequest head, Client client, BackendPool pool, Backends backends, Duration patience) {
        this.head = head;
        this.client = client;
        this.pool = pool;
        this.deadline = new Deadline(client.executor());
        this.connectTimeout = backends.patience().connect();
        this.patience = patience;
        boolean chunked = HttpUtil.isTransferEncodingChunked(head);
        bodyless = !chunked && HttpUtil.getContentLength(head, 0L) == 0;
        InetAddress address = ClientAddress.of(client.channel()).address();
        clientKey = ClientKey.of(address);
        body = new ProxiedBody(
                client, this, bodyless ? null : new GatheredBody(backends.bodies(), address, this::tooSlow));
        answer = new ProxiedAnswer(client, this, deadline, head.method());
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        head.headers().remove(HttpHeaderNames.TRAILER);
    }

    /** A request for the back end. */
    public static ProxiedExchange toBackend(HttpRequest head, Client client, Backends backends) {
        BackendPool pool = backends.pool(client.channel().eventLoop());
        return new ProxiedExchange(
                head, client, pool, backends, backends.patience().response());
    }

    /** Starts the exchange. */
    public void start() {
        boolean expected = HttpUtil.is100ContinueExpected(head);
        head.headers().remove(HttpHeaderNames.EXPECT);
        if (!body.gathering()) {
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

    /** The client in whose share of the connections this counts. */
    ClientKey clientKey() {
        return clientKey;
    }

    /** Whether a part of the body has been sent, so that the request cannot be sent again. */
    boolean bodySent() {
        return body.sent();
    }

    /** Whether this connection serves the exchange now. */
    boolean isOn(BackendConnection candidate) {
        return connection == candidate;
    }

    private void acquire() {
        client.holdBody();
        deadline.set(connectTimeout, this::noneFree);
        pool.acquire(this);
    }

    private void gather(HttpContent content) {
        switch (body.gather(content)) {
            case NO_ROOM -> client.refuse(Refusal.backendBusy());
            case ENOUGH -> acquire();
            case MORE -> {}
        }
    }

    /** Others need the memory, and this body arrives most slowly. From any thread. */
    private void tooSlow() {
        client.executor().execute(() -> {
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
        ChannelFuture sent = found.channel().writeAndFlush(bodyless ? WholeRequest.of(head) : head);
        sent.addListener(_ -> {
            if (!ended && connection == found) {
                headOut(found, sent.isSuccess());
            }
        });
    }

    private void headOut(BackendConnection current, boolean success) {
        if (!success) {
            retryOr(true);
            return;
        }
        headSent = true;
        body.begin(current);
        if (!body.complete()) {
            client.resumeBody();
        }
    }

    @Override
    public void content(HttpContent content) {
        BackendConnection current = connection;
        if (bodyless) {
            body.skip(content);
        } else if (body.gathering()) {
            gather(content);
        } else if (current == null || body.failed() || ended) {
            body.skip(content);
        } else {
            if (!answer.begun()) {
                deadline.set(patience, this::responseOverdue);
            }
            body.send(content, current);
        }
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

    /** A piece of the response. */
    void answered(HttpObject piece) {
        answer.piece(piece);
    }

    /** The final response has arrived in full but has not been passed on yet. */
    void answerComplete() {
        BackendConnection done = end();
        if (done != null) {
            if (answer.reusable() && (body.complete() || bodyless) && !body.failed()) {
                done.release();
            } else {
                done.discard();
            }
        }
    }

    void answerPaused() {
        client.flush();
    }

    /** The connection ended before the response was complete. */
    void backendGone() {
        if (ended) {
            return;
        }
        if (answer.begun()) {
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
                && !body.sent()
                && !answer.interim()
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
        body.close();
        BackendConnection current = connection;
        connection = null;
        return current;
    }
}
