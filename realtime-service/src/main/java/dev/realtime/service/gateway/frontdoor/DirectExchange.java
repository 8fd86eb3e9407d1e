package dev.realtime.service.gateway.frontdoor;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/** A request that a {@link DirectEndpoint} answers. */
final class DirectExchange implements Exchange {

    private final ClientSide client;
    private final Deadline deadline;
    private final Duration patience;
    private final DirectEndpoint.Incoming incoming;
    private boolean ended;

    DirectExchange(HttpRequest head, ClientSide client, DirectEndpoint endpoint, Deadline deadline, Duration patience) {
        this.client = client;
        this.deadline = deadline;
        this.patience = patience;
        this.incoming = endpoint.begin(head, this::answered);
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
            if (content instanceof LastHttpContent) {
                deadline.set(patience, this::overdue);
                incoming.end();
            }
        } finally {
            content.release();
        }
    }

    private void answered(FullHttpResponse response) {
        client.ctx().executor().execute(() -> {
            if (ended) {
                response.release();
                return;
            }
            end();
            client.respond(response);
            client.flush();
        });
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
