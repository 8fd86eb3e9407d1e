package dev.realtime.service.gateway.frontdoor;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** A request that a {@link DirectEndpoint} answers. */
final class DirectExchange implements Exchange, DirectEndpoint.Caller {

    private final HttpRequest head;
    private final ClientSide client;
    private final DirectEndpoint endpoint;
    private final DoorServices services;
    private final Deadline deadline;
    private DirectEndpoint.Incoming incoming = DirectEndpoint.Incoming.NONE;
    private boolean ended;

    DirectExchange(HttpRequest head, ClientSide client, DirectEndpoint endpoint, DoorServices services) {
        this.head = head;
        this.client = client;
        this.endpoint = endpoint;
        this.services = services;
        this.deadline = new Deadline(client.ctx().executor());
    }

    /** Begins; a client that waits for a 100 gets one unless its answer is there already. */
    void start(boolean continueExpected) {
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
                deadline.set(services.tuning().responseTimeout(), this::overdue);
                incoming.end();
            }
        } finally {
            content.release();
        }
    }

    @Override
    public void answer(FullHttpResponse response) {
        if (client.ctx().executor().inEventLoop()) {
            respond(response);
        } else {
            client.ctx().executor().execute(() -> respond(response));
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
        client.ctx().executor().execute(() -> {
            if (!ended) {
                client.refuse(Refusal.requestTimeout());
            }
        });
    }

    @Override
    public ClientAddress address() {
        return services.admission().identify(head.headers(), client.ctx().channel());
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
