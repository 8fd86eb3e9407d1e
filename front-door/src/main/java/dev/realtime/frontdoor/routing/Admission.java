package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import dev.realtime.frontdoor.address.ForwardedHeaders;
import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.http.HopByHop;
import dev.realtime.frontdoor.http.Refusal;
import dev.realtime.frontdoor.http.RequestRules;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to a head before it goes to either side. */
public final class Admission {

    private final ForwardedHeaders forwarded;
    private final BackendProof proof;
    private final @Nullable Peers peers;
    private final @Nullable EndpointPath endpoint;

    /**
     * The rules of one front door.
     *
     * @param trusted whose forwarded headers are believed
     * @param proof what the back end knows our requests by
     * @param peers the other instances; null when there are none
     * @param endpoint the path whose requests do not go to the back end; null when there is none
     */
    public Admission(
            TrustedProxies trusted, BackendProof proof, @Nullable Peers peers, @Nullable EndpointPath endpoint) {
        forwarded = new ForwardedHeaders(trusted);
        this.proof = proof;
        this.peers = peers;
        this.endpoint = endpoint;
    }

    /** Null when the head is fine; its target is in origin form then. Otherwise the connection must be closed. */
    public @Nullable Refusal check(HttpRequest head) {
        Refusal refusal = RequestRules.check(head);
        if (refusal == null) {
            try {
                RequestTarget.parse(head.method(), head.uri(), endpoint).applyTo(head);
            } catch (IllegalArgumentException e) {
                refusal = Refusal.badRequest(String.valueOf(e.getMessage()));
            }
        }
        return refusal;
    }

    /** Whether the endpoint serves this target; anything else is for the back end. */
    public boolean isEndpoints(String uri) {
        return endpoint != null && endpoint.serves(uri);
    }

    /**
     * The endpoint gets the head as it came, but for who the client is; another instance is believed what it says about
     * that. False when the request must not be forwarded: it has been already, or says so, and would go round for ever.
     */
    public boolean forEndpoint(HttpRequest head, Channel client) {
        HttpHeaders headers = head.headers();
        List<String> seals = peers == null ? List.of() : headers.getAll(peers.header());
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

    /** The back end gets what is meant for it, and the proof that it came this way. */
    public void forBackend(HttpRequest head, Channel client) {
        HttpHeaders headers = head.headers();
        HopByHop.strip(headers);
        identify(headers, client);
        // Servers such as Tomcat refuse names that are in use all the same, such as Compose's with an underscore, and
        // HTTP/1.0 may leave it out. What the client wrote is in X-Forwarded-Host.
        headers.set(HttpHeaderNames.HOST, "localhost");
        headers.set(proof.header(), proof.value());
    }

    /** Finds out who sends the request, binds it to the channel and says so in the headers. */
    public ClientAddress identify(HttpHeaders headers, Channel client) {
        headers.remove(proof.header());
        if (peers != null) {
            headers.remove(peers.header());
        }
        InetSocketAddress peer = (InetSocketAddress) client.remoteAddress();
        ClientAddress found = forwarded.rewrite(headers, peer.getAddress());
        found.bindTo(client);
        return found;
    }
}
