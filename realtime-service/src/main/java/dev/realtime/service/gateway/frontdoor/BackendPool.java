package dev.realtime.service.gateway.frontdoor;

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
 * The back-end connections of one event loop: exchanges of a client on this loop use connections of this loop only, so
 * nothing here needs a lock.
 *
 * <p>At most {@code limit} are open. Whoever finds none free waits in line, at most {@value #MAX_WAITING} of them for
 * the connect time limit; beyond that the answer is 503.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The sweep plans itself.
final class BackendPool {

    private static final int MAX_WAITING = 1024;
    private static final int MAX_RESPONSE_HEADERS = 64 * 1024;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final InetSocketAddress address;
    private final int limit;
    private final Duration idleTimeout;
    private final Deque<BackendConnection> idle = new ArrayDeque<>();
    private final Deque<ProxiedExchange> waiting = new ArrayDeque<>();
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
        this.idleTimeout = idleTimeout;
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                // A failed write must not close the channel before the answer that came earlier has been read.
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

    /** Hands the exchange a connection, at once or later, or tells it that there is none. */
    void acquire(ProxiedExchange exchange) {
        BackendConnection connection = exchange.wantsFresh() ? null : idle.pollFirst();
        while (connection != null && !connection.channel().isActive()) {
            connection = idle.pollFirst();
        }
        if (connection != null) {
            exchange.connected(connection);
        } else if (open < limit) {
            connect(exchange);
        } else if (exchange.wantsFresh() && !idle.isEmpty()) {
            idle.removeLast().discard();
            connect(exchange);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.addLast(exchange);
        } else {
            exchange.noneFree();
        }
    }

    /** The exchange waits no more. */
    void forget(ProxiedExchange exchange) {
        waiting.remove(exchange);
    }

    void release(BackendConnection connection) {
        if (!connection.channel().isActive()) {
            return;
        }
        idle.addFirst(connection);
        serveWaiting();
        sweepLater();
    }

    void closed(BackendConnection connection) {
        open--;
        idle.remove(connection);
        serveWaiting();
    }

    int openConnections() {
        return open;
    }

    /** Closes what is idle; on the event loop. */
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
                exchange.connected(connecting.channel().pipeline().get(BackendConnection.class));
            } else {
                // A channel that never was active reports no channelInactive.
                open--;
                exchange.unreachable();
                serveWaiting();
            }
        });
    }

    private void serveWaiting() {
        if (!waiting.isEmpty() && (!idle.isEmpty() || open < limit)) {
            acquire(waiting.removeFirst());
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
