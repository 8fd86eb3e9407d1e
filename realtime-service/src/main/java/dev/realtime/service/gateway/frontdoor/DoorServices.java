package dev.realtime.service.gateway.frontdoor;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What all connections of the front door share. */
final class DoorServices {

    /** Event for the pipelines: nothing new is accepted, idle connections go. */
    record Stopping() {}

    /** Less than an exchange waits for a connection, so that a dead machine is told from a busy one. */
    static final int PEER_CONNECT_MILLIS = 3_000;

    /** To one instance; each open poll of a session there needs one. */
    private static final int MAX_PEER_CONNECTIONS = 16_384;

    /** Pools of one event loop; beyond that those without a connection are forgotten. */
    private static final int MAX_PEER_POOLS = 256;

    private final FrontDoorProperties.Tuning tuning;
    private final Admission admission;
    private final @Nullable SocketIoEndpoint endpoint;
    private final List<DirectEndpoint> direct;
    private final BodyMemory bodies;
    private final @Nullable Peers peers;
    private final FrontDoorMetrics metrics;
    private final InetSocketAddress backend;
    private final Class<? extends Channel> channelType;
    private final int poolLimit;
    private final int peerLimit;
    private final Map<EventLoop, BackendPool> pools = new ConcurrentHashMap<>();
    private final Map<EventLoop, Map<InetSocketAddress, BackendPool>> peerPools = new ConcurrentHashMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup("front-door", GlobalEventExecutor.INSTANCE, true);
    private final Tunnels tunnels = new Tunnels();
    private final AtomicInteger proxied = new AtomicInteger();
    private volatile boolean lastAnswers;
    private volatile boolean stopping;

    DoorServices(
            FrontDoorProperties properties,
            BackendSecret secret,
            @Nullable SocketIoEndpoint endpoint,
            List<DirectEndpoint> direct,
            BodyMemory bodies,
            FrontDoorMetrics metrics,
            @Nullable Peers peers,
            InetSocketAddress backend,
            NettyTransport transport) {
        tuning = properties.frontDoor();
        admission = new Admission(
                TrustedProxies.parse(properties.trustedProxies()),
                secret,
                peers,
                endpoint == null ? GatewayPath.DEFAULT : endpoint.path());
        this.peers = peers;
        this.endpoint = endpoint;
        this.direct = direct;
        this.bodies = bodies;
        this.metrics = metrics;
        this.backend = backend;
        channelType = transport.channelType();
        poolLimit = Math.max(1, Math.ceilDiv(tuning.maxBackendConnections(), transport.eventLoops()));
        peerLimit = Math.max(1, MAX_PEER_CONNECTIONS / transport.eventLoops());
    }

    FrontDoorProperties.Tuning tuning() {
        return tuning;
    }

    Admission admission() {
        return admission;
    }

    @Nullable
    SocketIoEndpoint endpoint() {
        return endpoint;
    }

    /** The endpoint that answers this request without the back end; null when the back end has to. */
    @Nullable
    DirectEndpoint direct(HttpRequest head) {
        for (DirectEndpoint each : direct) {
            if (each.takes(head)) {
                return each;
            }
        }
        return null;
    }

    /** The memory of bodies that wait here. */
    BodyMemory bodies() {
        return bodies;
    }

    FrontDoorMetrics metrics() {
        return metrics;
    }

    /** Open client connections, those that became WebSockets too. */
    ChannelGroup connections() {
        return connections;
    }

    Tunnels tunnels() {
        return tunnels;
    }

    /** Proxied exchanges in flight. */
    AtomicInteger proxied() {
        return proxied;
    }

    BackendPool pool(EventLoop loop) {
        return pools.computeIfAbsent(
                loop,
                key -> new BackendPool(
                        key, channelType, backend, poolLimit, tuning.connectTimeout(), tuning.backendIdleTimeout()));
    }

    @Nullable
    Peers peers() {
        return peers;
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    /** The connections of this event loop to that instance; on the loop. */
    BackendPool peerPool(EventLoop loop, InetSocketAddress address) {
        Map<InetSocketAddress, BackendPool> ofLoop = peerPools.computeIfAbsent(loop, _ -> new HashMap<>());
        if (ofLoop.size() >= MAX_PEER_POOLS) {
            ofLoop.values().removeIf(pool -> pool.openConnections() == 0);
        }
        return ofLoop.computeIfAbsent(
                address,
                key -> new BackendPool(
                        loop,
                        channelType,
                        key,
                        peerLimit,
                        Duration.ofMillis(PEER_CONNECT_MILLIS),
                        tuning.backendIdleTimeout()));
    }

    void closeIdleBackends() {
        pools.forEach((loop, pool) -> loop.execute(pool::closeIdle));
        peerPools.forEach((loop, ofLoop) -> loop.execute(() -> ofLoop.values().forEach(BackendPool::closeIdle)));
    }

    /** From now on every response that begins is the last of its connection, and says so. */
    void closeAfterAnswers() {
        lastAnswers = true;
    }

    boolean lastAnswers() {
        return lastAnswers;
    }

    /** From now on connections without a request are closed too. */
    void stop() {
        lastAnswers = true;
        stopping = true;
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(new Stopping()));
    }

    boolean stopping() {
        return stopping;
    }
}
