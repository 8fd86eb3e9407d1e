package dev.realtime.frontdoor;

import dev.realtime.frontdoor.channel.ListenerClose;
import dev.realtime.frontdoor.channel.NettyTransport;
import dev.realtime.frontdoor.connection.ConnectionInitializer;
import dev.realtime.frontdoor.connection.DoorServices;
import dev.realtime.frontdoor.connection.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port in front of a back end, built by {@link #builder}.
 *
 * <p>It ends in two phases. {@link #stop} closes the listening socket and the idle connections, and waits for requests
 * in flight, including those that are still arriving; WebSockets and open polls are left to the endpoint, which ends
 * them afterwards. {@link #close} then ends what is still open. Before both, {@link #closeAfterAnswers} makes clients
 * leave while every request is still served.
 */
public final class FrontDoor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FrontDoor.class);

    /** How long to wait for a busy event loop. */
    private static final Duration LOOP_TURN = Duration.ofSeconds(1);

    private static final long DRAIN_STEP_MILLIS = 20;

    private final NettyTransport transport;
    private final boolean ownTransport;
    private final DoorServices services;
    private final Limits limits;
    private final Channel listener;
    private boolean stopped;

    private FrontDoor(
            NettyTransport transport, boolean ownTransport, DoorServices services, Limits limits, Channel listener) {
        this.transport = transport;
        this.ownTransport = ownTransport;
        this.services = services;
        this.limits = limits;
        this.listener = listener;
    }

    /** A builder of a front door. */
    public static FrontDoorBuilder builder() {
        return new FrontDoorBuilder();
    }

    static FrontDoor open(
            String bindAddress,
            int port,
            NettyTransport transport,
            boolean ownTransport,
            DoorServices services,
            Limits limits) {
        InetSocketAddress address =
                bindAddress.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(bindAddress, port);
        ChannelFuture bound = new ServerBootstrap()
                .group(transport.group())
                .channel(transport.serverChannelType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, limits.backlog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ConnectionInitializer(services))
                .bind(address)
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            if (ownTransport) {
                transport.close();
            }
            throw new PortUnavailableException(bindAddress, port, failure);
        }
        return new FrontDoor(transport, ownTransport, services, limits, bound.channel());
    }

    /** The open port: the requested one, or the one the system chose for 0. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Makes clients leave: from now on every response closes its connection ({@code Connection: close}). New
     * connections are accepted and every request is answered until {@link #stop}, except that no further WebSocket is
     * relayed to another instance: it would soon be closed, and a Socket.IO client whose WebSocket closes in the middle
     * of its upgrade is deaf until its ping timeout.
     */
    public void closeAfterAnswers() {
        services.closeAfterAnswers();
    }

    /** The number of WebSockets relayed to the instances that have their sessions. */
    public int tunnels() {
        return services.tunnels().count();
    }

    /** Closes this many of those WebSockets. Their sessions stay, and their clients reconnect by another way. */
    public void closeTunnels(int most) {
        services.tunnels().close(most);
    }

    /**
     * Closes the port and the idle connections and waits for requests in flight, at most for the shutdown timeout.
     * Waits briefly for the event loops, never for the requests. A second call only runs the callback.
     *
     * @param whenDone called once, on this thread or an event loop
     */
    public void stop(Runnable whenDone) {
        synchronized (this) {
            if (stopped) {
                whenDone.run();
                return;
            }
            stopped = true;
        }
        ListenerClose.start(listener).awaitUninterruptibly();
        services.stop();
        awaitLoops();
        long giveUp = System.nanoTime() + limits.shutdownTimeout().toNanos();
        whenDrained(giveUp, whenDone);
    }

    /**
     * Waits until each event loop has run its earlier tasks: only its loop knows a connection that was just accepted.
     */
    private void awaitLoops() {
        List<Future<?>> turns = new ArrayList<>();
        for (EventExecutor loop : transport.group()) {
            turns.add(loop.submit(() -> {}));
        }
        turns.forEach(turn -> turn.awaitUninterruptibly(LOOP_TURN.toMillis()));
    }

    private void whenDrained(long giveUp, Runnable whenDone) {
        int left = services.proxied().get();
        if (left == 0 || System.nanoTime() - giveUp > 0) {
            if (left > 0) {
                log.warn("{} requests did not finish before the shutdown timeout and are cut off", left);
            }
            services.backends().closeIdle();
            whenDone.run();
        } else {
            transport
                    .group()
                    .schedule(() -> whenDrained(giveUp, whenDone), DRAIN_STEP_MILLIS, TimeUnit.MILLISECONDS)
                    .isDone();
        }
    }

    /**
     * Runs {@link #stop} unless it was called before, waits until it is done, and closes what is still open, including
     * WebSockets.
     */
    @Override
    public void close() {
        CountDownLatch drained = new CountDownLatch(1);
        stop(drained::countDown);
        try {
            drained.await();
        } catch (InterruptedException e) {
            // An interrupt cuts the wait short: what is still open is closed now.
            Thread.currentThread().interrupt();
        }
        services.connections()
                .close()
                .awaitUninterruptibly(limits.shutdownTimeout().toMillis());
        if (ownTransport) {
            transport.close();
        }
    }
}
