package dev.realtime.frontdoor.routing;

import dev.realtime.frontdoor.address.ClientAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The other instances, as the front door needs them: which one a request belongs to, their addresses, and the seals of
 * forwarded requests.
 */
public interface Peers {

    /** The header of a forwarded request, in lower case; its value from a client is dropped. */
    String header();

    /**
     * The tag of another instance with which this target's session id begins; null if the session is this instance's.
     */
    @Nullable
    String foreignTag(String uri);

    /**
     * The address of that instance, empty if there is none. Never blocks, never fails, and completes within seconds.
     */
    CompletableFuture<Optional<InetSocketAddress>> find(String tag);

    /** The value of the header: the client, and the proof that an instance reports it. */
    String seal(String method, String uri, ClientAddress client);

    /**
     * The client that the header reports; null if the seal is not an instance's, is for another request, or is too old.
     */
    @Nullable
    ClientAddress unseal(String value, String method, String uri);

    /** How long an instance may take to answer: longer than any poll lasts. */
    Duration patience();
}
