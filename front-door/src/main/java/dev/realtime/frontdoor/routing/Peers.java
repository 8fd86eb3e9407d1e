package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The other instances, as the front door needs them: whose a request is, where they are, and how to be believed. */
public interface Peers {

    /** The header of a forwarded request, in lower case; what a client writes there is dropped. */
    String header();

    /** The tag of another instance that this target's session id begins with; null when the request is ours. */
    @Nullable
    String foreignTag(String uri);

    /** Where that instance is, empty when there is none. Never blocks, never fails, and is complete within seconds. */
    CompletableFuture<Optional<InetSocketAddress>> find(String tag);

    /** The value of the header: who the client is, and the proof that an instance says so. */
    String seal(String method, String uri, ClientAddress client);

    /** The client that the header tells of; null when it is not an instance's, is another request's, or too old. */
    @Nullable
    ClientAddress unseal(String value, String method, String uri);

    /** How long an instance may take for an answer: longer than any poll lasts. */
    Duration patience();
}
