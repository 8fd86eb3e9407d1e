package dev.realtime.frontdoor.connection;

import dev.realtime.frontdoor.connection.Turn.Route;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.proxy.PeerExchange;
import dev.realtime.frontdoor.proxy.ProxiedExchange;
import dev.realtime.frontdoor.routing.Client;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.frontdoor.routing.DirectExchange;
import dev.realtime.frontdoor.routing.Peers;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;

/** Gives each request of a connection to the part that answers it. */
final class Router {

    private final Connection connection;
    private final Answers answers;
    private final Client client;
    private boolean endpointConfigured;

    Router(Connection connection, Answers answers, Upgrade upgrade) {
        this.connection = connection;
        this.answers = answers;
        this.client = new ConnectionClient(connection, answers, this, upgrade);
    }

    void route(HttpRequest head) {
        if (connection.services.admission().isEndpoints(head.uri())) {
            toInstance(head);
        } else {
            toBackend(head);
        }
    }

    /** Routes to this instance's endpoint or to another instance. */
    private void toInstance(HttpRequest head) {
        boolean mayForward = connection.services.admission().forEndpoint(head, connection.ctx.channel());
        Peers peers = connection.services.backends().peers();
        String tag = mayForward && peers != null ? peers.foreignTag(head.uri()) : null;
        if (peers == null || tag == null) {
            toEndpoint(head);
            return;
        }
        connection.turn.route = Route.PEER;
        boolean mayTunnel = !connection.services.lastAnswers();
        PeerExchange started = new PeerExchange(head, client, connection.services.backends(), peers, mayTunnel);
        connection.exchange = started;
        started.start(tag);
    }

    /** Gives the request to this instance's endpoint, with as much of it as has arrived. */
    void toEndpoint(HttpRequest head) {
        connection.exchangeOver();
        if (!endpointConfigured) {
            endpointConfigured = true;
            Objects.requireNonNull(connection.services.endpoint(), "no endpoint is configured")
                    .configure(connection.ctx.pipeline());
        }
        connection.services.metrics().endpointRequest();
        connection.turn.route = Route.ENDPOINT;
        connection.ctx.fireChannelRead(head);
        if (connection.turn.requestRead) {
            connection.ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            connection.decoder.resume();
        }
    }

    /** Routes to the direct endpoint that takes the request, otherwise to the back end. */
    private void toBackend(HttpRequest head) {
        connection.count();
        connection.turn.route = Route.BACKEND;
        DoorServices services = connection.services;
        DirectEndpoint direct = services.direct(head);
        if (direct != null) {
            services.metrics().directRequest();
            DirectExchange started =
                    new DirectExchange(head, client, direct, services.admission(), connection.limits.responseTimeout());
            connection.exchange = started;
            started.start(connection.turn.expectsContinue());
            return;
        }
        services.admission().forBackend(head, connection.ctx.channel());
        services.metrics().proxiedRequest();
        if (connection.turn.length() > connection.limits.maxBody()) {
            answers.answer(Refusal.bodyTooLarge());
            return;
        }
        ProxiedExchange started = ProxiedExchange.toBackend(head, client, services.backends());
        connection.exchange = started;
        started.start();
    }
}
