package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.channel.Deadline;
import dev.realtime.frontdoor.http.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/** A request that a {@link DirectEndpoint} answers. */
public final class DirectExchange implements Exchange, DirectEndpoint.Caller {

    private final HttpRequest head;
    private final Client client;
    private final DirectEndpoint endpoint;
    private final Admission admission;
    private final Duration responseTimeout;
    private final Deadline deadline;
    private DirectEndpoint.Incoming incoming = DirectEndpoint.Incoming.NONE;
    private boolean ended;

    /**
     * A request to a direct endpoint.
     *
     * @param responseTimeout how long the endpoint may take once the body is complete; then 504
     */
    public DirectExchange(
            HttpRequest head, Client client, DirectEndpoint endpoint, Admission admission, Duration responseTimeout) {
        this.head = head;
        this.client = client;
        this.endpoint = endpoint;
        this.admission = admission;
        this.responseTimeout = responseTimeout;
        this.deadline = new Deadline(client.executor());
    }

    /** Begins; a client that expects a 100 gets one, unless the response is already there. */
    public void start(boolean continueExpected) {
        incoming = endpoint.begin(head, this);
        if (continueExpected && !ended) {
            client.respond(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
            client.flush();
        }
    }

    @Override
    public void content(HttpContent content) {
        try {
            if (ended) {
                return;
            }
            if (content.content().isReadable()) {
                incoming.content(content.content());
            }
            if (content instanceof LastHttpContent && !ended) {
                deadline.set(responseTimeout, this::overdue);
                incoming.end();
            }
        } finally {
            content.release();
        }
    }

    @Override
    public void answer(FullHttpResponse response) {
        if (client.executor().inEventLoop()) {
            respond(response);
        } else {
            client.executor().execute(() -> respond(response));
        }
    }

    private void respond(FullHttpResponse response) {
        if (ended) {
            response.release();
            return;
        }
        end();
        client.respond(response);
        client.flush();
    }

    @Override
    public void tooSlow() {
        client.executor().execute(() -> {
            if (!ended) {
                client.refuse(Refusal.requestTimeout());
            }
        });
    }

    @Override
    public ClientAddress address() {
        return admission.identify(head.headers(), client.channel());
    }

    private void overdue() {
        if (!ended) {
            abort();
            client.fail(Refusal.backendTimeout());
        }
    }

    private void end() {
        ended = true;
        deadline.close();
    }

    @Override
    public void contentPaused() {}

    @Override
    public void clientWritable(boolean writable) {}

    @Override
    public void abort() {
        if (!ended) {
            end();
            incoming.abort();
        }
    }
}
