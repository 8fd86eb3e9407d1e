package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.body.BodyMemory;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.routing.Peers;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections to the back end and to other instances, pooled per event loop, and what their exchanges share. */
public final class Backends {

    /** Shorter than an exchange waits for a connection, so that a dead machine can be told from a busy one. */
    static final int PEER_CONNECT_MILLIS = 3_000;

    /** To one instance; each open poll of a session there needs one. */
    private static final int MAX_PEER_CONNECTIONS = 16_384;

    /** Per event loop; beyond this, pools without connections are dropped. */
    private static final int MAX_PEER_POOLS = 256;

    /**
     * Timeouts.
     *
     * @param connect how long to wait for a connection
     * @param response how long an answer may take
     * @param idle how long an idle connection is kept
     */
    public record Patience(Duration connect, Duration response, Duration idle) {}

    private final InetSocketAddress backend;
    private final @Nullable Peers peers;
    private final BodyMemory bodies;
    private final Patience patience;
    private final Class<? extends Channel> channelType;
    private final int poolLimit;
    private final int peerLimit;
    private final Map<EventLoop, BackendPool> pools = new ConcurrentHashMap<>();
    private final Map<EventLoop, Map<InetSocketAddress, BackendPool>> peerPools = new ConcurrentHashMap<>();

    /**
     * Starts without connections.
     *
     * @param peers the other instances; null if there are none
     * @param bodies the memory for request bodies that wait here
     * @param maxConnections the most connections to the back end, of all event loops together
     */
    public Backends(
            InetSocketAddress backend,
            @Nullable Peers peers,
            BodyMemory bodies,
            NettyTransport transport,
            int maxConnections,
            Patience patience) {
        this.backend = backend;
        this.peers = peers;
        this.bodies = bodies;
        this.patience = patience;
        channelType = transport.channelType();
        poolLimit = Math.max(1, Math.ceilDiv(maxConnections, transport.eventLoops()));
        peerLimit = Math.max(1, MAX_PEER_CONNECTIONS / transport.eventLoops());
    }

    /** The other instances; null if there are none. */
    public @Nullable Peers peers() {
        return peers;
    }

    BodyMemory bodies() {
        return bodies;
    }

    Patience patience() {
        return patience;
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    /** This event loop's connections to the back end; on the loop. */
    BackendPool pool(EventLoop loop) {
        return pools.computeIfAbsent(
                loop,
                key -> new BackendPool(key, channelType, backend, poolLimit, patience.connect(), patience.idle()));
    }

    /** This event loop's connections to that instance; on the loop. */
    BackendPool peerPool(EventLoop loop, InetSocketAddress address) {
        Map<InetSocketAddress, BackendPool> ofLoop = peerPools.computeIfAbsent(loop, _ -> new HashMap<>());
        if (ofLoop.size() >= MAX_PEER_POOLS) {
            ofLoop.values().removeIf(pool -> pool.openConnections() == 0);
        }
        return ofLoop.computeIfAbsent(
                address,
                key -> new BackendPool(
                        loop, channelType, key, peerLimit, Duration.ofMillis(PEER_CONNECT_MILLIS), patience.idle()));
    }

    /** Closes the idle connections; from any thread. */
    public void closeIdle() {
        pools.forEach((loop, pool) -> loop.execute(pool::closeIdle));
        peerPools.forEach((loop, ofLoop) -> loop.execute(() -> ofLoop.values().forEach(BackendPool::closeIdle)));
    }
}
