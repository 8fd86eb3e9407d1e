package dev.realtime.frontdoor.proxy;

import dev.realtime.frontdoor.address.ClientKey;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The back-end connections of one event loop. Exchanges of clients on this loop use only these connections, so nothing
 * here needs a lock.
 *
 * <p>At most {@code limit} are open, and one client uses at most a quarter of them. An exchange that finds none free,
 * or whose client has used up its share, waits up to the connect timeout. At most {@value #MAX_WAITING} exchanges wait;
 * further ones are answered with 503. Waiting clients are served in turn.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The sweep reschedules itself.
final class BackendPool {

    private static final int MAX_WAITING = 1024;
    private static final int CLIENT_FRACTION = 4;
    private static final int LEAST_SHARE = 2;
    private static final int MAX_RESPONSE_HEADERS = 64 * 1024;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final InetSocketAddress address;
    private final int limit;
    private final int share;
    private final Duration idleTimeout;
    private final Deque<BackendConnection> idle = new ArrayDeque<>();
    private final FairQueue<ProxiedExchange> waiting = new FairQueue<>(MAX_WAITING, ProxiedExchange::clientKey);
    private final ClientUsage used = new ClientUsage();
    private int open;
    private boolean sweeping;

    BackendPool(
            EventLoop loop,
            Class<? extends Channel> channelType,
            InetSocketAddress address,
            int limit,
            Duration connectTimeout,
            Duration idleTimeout) {
        this.loop = loop;
        this.address = address;
        this.limit = limit;
        this.share = Math.max(LEAST_SHARE, limit / CLIENT_FRACTION);
        this.idleTimeout = idleTimeout;
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                // A failed write must not close the channel before a response that arrived earlier has been read.
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        "http-codec",
                                        new HttpClientCodec(
                                                new HttpDecoderConfig()
                                                        .setMaxInitialLineLength(MAX_RESPONSE_HEADERS)
                                                        .setMaxHeaderSize(MAX_RESPONSE_HEADERS)
                                                        .setMaxChunkSize(MAX_RESPONSE_HEADERS),
                                                true,
                                                false))
                                .addLast("backend", new BackendConnection(channel, BackendPool.this));
                    }
                });
    }

    /** Gives the exchange a connection, now or later, or tells it that there is none. */
    void acquire(ProxiedExchange exchange) {
        boolean free = open < limit || !idle.isEmpty();
        if (free && hasShare(exchange.clientKey())) {
            serve(exchange);
            return;
        }
        ProxiedExchange dropped = waiting.add(exchange);
        if (dropped != null) {
            dropped.noneFree();
        }
    }

    private boolean hasShare(ClientKey client) {
        return used.of(client) < share;
    }

    private void serve(ProxiedExchange exchange) {
        used.add(exchange.clientKey(), 1);
        BackendConnection connection = exchange.wantsFresh() ? null : idle.pollFirst();
        while (connection != null && !connection.channel().isActive()) {
            connection = idle.pollFirst();
        }
        if (connection != null) {
            connection.takenBy(exchange.clientKey());
            exchange.connected(connection);
        } else {
            if (open >= limit && !idle.isEmpty()) {
                idle.removeLast().discard();
            }
            connect(exchange);
        }
    }

    /** The connection no longer serves its client. */
    void returnShare(BackendConnection connection) {
        ClientKey client = connection.leaveShare();
        if (client != null) {
            used.add(client, -1);
        }
    }

    /** The exchange no longer waits. */
    void forget(ProxiedExchange exchange) {
        waiting.remove(exchange);
    }

    void release(BackendConnection connection) {
        returnShare(connection);
        if (!connection.channel().isActive()) {
            return;
        }
        idle.addFirst(connection);
        serveWaiting();
        sweepLater();
    }

    void closed(BackendConnection connection) {
        returnShare(connection);
        open--;
        idle.remove(connection);
        serveWaiting();
    }

    int openConnections() {
        return open;
    }

    /** Closes the idle connections; on the event loop. */
    void closeIdle() {
        for (BackendConnection connection : idle.toArray(new BackendConnection[0])) {
            connection.discard();
        }
    }

    private void connect(ProxiedExchange exchange) {
        open++;
        ChannelFuture connecting = bootstrap.connect(address);
        connecting.addListener(_ -> {
            if (connecting.isSuccess()) {
                BackendConnection fresh = connecting.channel().pipeline().get(BackendConnection.class);
                fresh.takenBy(exchange.clientKey());
                exchange.connected(fresh);
            } else {
                // A channel that was never active fires no channelInactive.
                open--;
                used.add(exchange.clientKey(), -1);
                exchange.unreachable();
                serveWaiting();
            }
        });
    }

    private void serveWaiting() {
        if (!waiting.isEmpty() && (!idle.isEmpty() || open < limit)) {
            ProxiedExchange next = waiting.poll(this::hasShare);
            if (next != null) {
                serve(next);
            }
        }
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, Math.max(1, idleTimeout.toMillis() / 4), TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getLast().idleSince() > idleTimeout.toNanos()) {
            idle.removeLast().discard();
        }
        if (!idle.isEmpty()) {
            sweepLater();
        }
    }
}
