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

/** Checks and rewrites a request's head before the request is routed. */
public final class Admission {

    private final ForwardedHeaders forwarded;
    private final BackendProof proof;
    private final @Nullable Peers peers;
    private final @Nullable EndpointPath endpoint;

    /**
     * The rules of one front door.
     *
     * @param trusted the peers whose forwarding headers are trusted
     * @param proof the proof by which the back end recognizes the front door's requests
     * @param peers the other instances; null if there are none
     * @param endpoint the path whose requests do not go to the back end; null if there is none
     */
    public Admission(
            TrustedProxies trusted, BackendProof proof, @Nullable Peers peers, @Nullable EndpointPath endpoint) {
        forwarded = new ForwardedHeaders(trusted);
        this.proof = proof;
        this.peers = peers;
        this.endpoint = endpoint;
    }

    /**
     * Null if the head is acceptable, with its target then in origin form; otherwise the connection must be closed
     * after the refusal.
     */
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

    /** Whether the endpoint serves this target; other targets go to the back end. */
    public boolean isEndpoints(String uri) {
        return endpoint != null && endpoint.serves(uri);
    }

    /**
     * Prepares a head for the endpoint: only the forwarding headers change, and a sealed request keeps the client that
     * the other instance reports. Returns false if the request must not be forwarded: it has been forwarded already, or
     * claims so, and could loop.
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

    /** Prepares a head for the back end: removes hop-by-hop headers and adds the proof. */
    public void forBackend(HttpRequest head, Channel client) {
        HttpHeaders headers = head.headers();
        HopByHop.strip(headers);
        identify(headers, client);
        // Tomcat and others refuse host names that are in use, such as Compose's with an underscore, and HTTP/1.0
        // clients may send no Host. X-Forwarded-Host holds what the client wrote.
        headers.set(HttpHeaderNames.HOST, "localhost");
        headers.set(proof.header(), proof.value());
    }

    /** Finds the sender of the request, binds it to the channel and writes it into the headers. */
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
