package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to a head before it goes to either side. */
final class Admission {

    private final ForwardedHeaders forwarded;
    private final BackendSecret secret;
    private final @Nullable Peers peers;
    private final GatewayPath gateway;

    Admission(TrustedProxies trusted, BackendSecret secret, @Nullable Peers peers, GatewayPath gateway) {
        forwarded = new ForwardedHeaders(trusted);
        this.secret = secret;
        this.peers = peers;
        this.gateway = gateway;
    }

    /** Null when the head is fine; its target is in origin form then. Otherwise the connection must be closed. */
    @Nullable
    Refusal check(HttpRequest head) {
        Refusal refusal = RequestRules.check(head);
        if (refusal == null) {
            try {
                RequestTarget.parse(head.method(), head.uri(), gateway).applyTo(head);
            } catch (IllegalArgumentException e) {
                refusal = Refusal.badRequest(String.valueOf(e.getMessage()));
            }
        }
        return refusal;
    }

    /** Whether the gateway serves this target; anything else is for Tomcat. */
    boolean isGateways(String uri) {
        return gateway.serves(uri);
    }

    /**
     * The gateway gets the head as it came, but for who the client is; another instance is believed what it says about
     * that. False when the request must not be forwarded: it has been already, or says so, and would go round for ever.
     */
    boolean forGateway(HttpRequest head, Channel client) {
        HttpHeaders headers = head.headers();
        List<String> seals = headers.getAll(Peers.HEADER);
        identify(headers, client);
        if (peers != null && seals.size() == 1) {
            ClientAddress told = peers.unseal(seals.getFirst(), head.method().name(), head.uri());
            if (told != null) {
                ForwardedHeaders.write(headers, told, told.ip());
                told.bindTo(client);
            }
        }
        return seals.isEmpty();
    }

    /** Tomcat gets what is meant for it, and the proof that it came this way. */
    void forBackend(HttpRequest head, Channel client) {
        HttpHeaders headers = head.headers();
        HopByHop.strip(headers);
        identify(headers, client);
        // Tomcat refuses names that are in use all the same, such as Compose's with an underscore, and HTTP/1.0 may
        // leave it out. What the client wrote is in X-Forwarded-Host, from where FrontDoorValve puts it back.
        headers.set(HttpHeaderNames.HOST, "localhost");
        headers.set(BackendSecret.HEADER, secret.value());
    }

    /** Finds out who sends the request, binds it to the channel and says so in the headers. */
    ClientAddress identify(HttpHeaders headers, Channel client) {
        headers.remove(BackendSecret.HEADER);
        headers.remove(Peers.HEADER);
        InetSocketAddress peer = (InetSocketAddress) client.remoteAddress();
        ClientAddress found = forwarded.rewrite(headers, peer.getAddress());
        found.bindTo(client);
        return found;
    }
}
