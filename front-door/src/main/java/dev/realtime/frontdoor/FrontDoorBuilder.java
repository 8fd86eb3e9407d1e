package dev.realtime.frontdoor;

import dev.realtime.frontdoor.address.TrustedProxies;
import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.connection.DoorMetrics;
import dev.realtime.frontdoor.connection.DoorServices;
import dev.realtime.frontdoor.connection.Limits;
import dev.realtime.frontdoor.proxy.Backends;
import dev.realtime.frontdoor.routing.Admission;
import dev.realtime.frontdoor.routing.BackendProof;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.DirectEndpoint;
import dev.realtime.frontdoor.routing.Peers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FrontDoor}. Only the back end is required. */
public final class FrontDoorBuilder {

    private String bindAddress = "*";
    private int port;
    private @Nullable InetSocketAddress backend;
    private @Nullable ChannelEndpoint endpoint;
    private final List<DirectEndpoint> direct = new ArrayList<>();
    private @Nullable Peers peers;
    private TrustedProxies trusted = TrustedProxies.none();
    private BackendProof proof = BackendProof.random("x-front-door");
    private Limits limits = Limits.DEFAULTS;
    private @Nullable BodyMemory bodies;
    private @Nullable DoorMetrics metrics;
    private @Nullable NettyTransport transport;

    FrontDoorBuilder() {}

    /** An IP address or host name of this machine; {@code *}, the default, is every address, IPv4 and IPv6. */
    public FrontDoorBuilder bindAddress(String address) {
        bindAddress = address;
        return this;
    }

    /** 0 to 65535; 0, the default, is any free port. */
    public FrontDoorBuilder port(int number) {
        port = number;
        return this;
    }

    /** The HTTP/1.1 server, without TLS, for requests that neither the endpoint nor a direct endpoint answers. */
    public FrontDoorBuilder backend(InetSocketAddress address) {
        backend = address;
        return this;
    }

    /** Serves the requests below its path in the client's own pipeline; none by default. */
    public FrontDoorBuilder endpoint(@Nullable ChannelEndpoint ours) {
        endpoint = ours;
        return this;
    }

    /** Adds a direct endpoint; direct endpoints are asked in the order in which they were added. */
    public FrontDoorBuilder direct(DirectEndpoint more) {
        direct.add(more);
        return this;
    }

    /** The other instances, to which the endpoint's requests may belong; none by default. */
    public FrontDoorBuilder peers(@Nullable Peers others) {
        peers = others;
        return this;
    }

    /** The peers whose {@code X-Forwarded-*} is trusted; none by default. */
    public FrontDoorBuilder trustedProxies(TrustedProxies proxies) {
        trusted = proxies;
        return this;
    }

    /**
     * The proof by which the back end recognizes the front door's requests; by default a random value in the header
     * {@code x-front-door}.
     */
    public FrontDoorBuilder backendProof(BackendProof known) {
        proof = known;
        return this;
    }

    /** The limits of connections and requests; {@link Limits#DEFAULTS} by default. */
    public FrontDoorBuilder limits(Limits all) {
        limits = all;
        return this;
    }

    /** The memory for request bodies that wait here; {@link BodyMemory#defaultBytes} by default. */
    public FrontDoorBuilder bodyMemory(BodyMemory memory) {
        bodies = memory;
        return this;
    }

    /** Where to count; not counted by default. */
    public FrontDoorBuilder metrics(DoorMetrics meters) {
        metrics = meters;
        return this;
    }

    /** The event loops, which outlive the front door; by default it has its own. */
    public FrontDoorBuilder transport(NettyTransport shared) {
        transport = shared;
        return this;
    }

    /**
     * Opens the port.
     *
     * @throws PortUnavailableException if the port cannot be opened
     * @throws IllegalStateException if no back end was set
     */
    public FrontDoor open() {
        InetSocketAddress behind = backend;
        if (behind == null) {
            throw new IllegalStateException("The front door has no back end: set one before opening the port");
        }
        NettyTransport shared = transport;
        NettyTransport loops = shared == null ? NettyTransport.create(0) : shared;
        return FrontDoor.open(bindAddress, port, loops, shared == null, services(behind, loops), limits);
    }

    private DoorServices services(InetSocketAddress behind, NettyTransport loops) {
        ChannelEndpoint ours = endpoint;
        Backends backends = new Backends(
                behind,
                peers,
                bodies == null ? new BodyMemory(BodyMemory.defaultBytes(), trusted) : bodies,
                loops,
                limits.maxBackendConnections(),
                new Backends.Patience(limits.connectTimeout(), limits.responseTimeout(), limits.backendIdleTimeout()));
        return new DoorServices(
                limits,
                new Admission(trusted, proof, peers, ours == null ? null : ours.path()),
                ours,
                direct,
                backends,
                metrics == null ? new DoorMetrics(new SimpleMeterRegistry(), "frontdoor") : metrics);
    }
}
