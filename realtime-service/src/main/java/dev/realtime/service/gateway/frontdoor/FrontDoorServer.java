package dev.realtime.service.gateway.frontdoor;

import dev.realtime.service.launch.StartGate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Opens the one port when everything behind it is up, and closes it first.
 *
 * <p>It starts after Tomcat and the bindings and when every {@link StartGate} has opened. On stop it closes the
 * listening socket and the idle connections, waits for the proxied exchanges in flight and for requests that are on their
 * way, and leaves WebSockets and open polls to the gateway, whose own lifecycle must have a phase below {@link #PHASE} so
 * that it stops after this one and before Tomcat. What is still open when the bean is destroyed is closed.
 *
 * <p>Without a web server (mocked web environments in tests) it does nothing.
 */
public final class FrontDoorServer
        implements SmartLifecycle, DisposableBean, ApplicationListener<WebServerInitializedEvent> {

    /** After input bindings (MAX_VALUE - 1000), Tomcat's start (MAX_VALUE - 2048) and its graceful stop (- 1024). */
    public static final int PHASE = Integer.MAX_VALUE - 512;

    /** Property with the port that was opened, for tests that let the system choose. */
    public static final String LOCAL_PORT = "local.realtime.port";

    private static final Logger log = LoggerFactory.getLogger(FrontDoorServer.class);
    private static final Duration GATE_REMINDER = Duration.ofSeconds(10);

    /** How long a busy event loop may take. */
    private static final Duration LOOP_TURN = Duration.ofSeconds(1);

    private final FrontDoorProperties properties;
    private final NettyTransport transport;
    private final BackendSecret secret;
    private final FrontDoorMetrics metrics;
    private final @Nullable SocketIoEndpoint endpoint;
    private final List<DirectEndpoint> direct;
    private final BodyMemory bodies;
    private final @Nullable Peers peers;
    private final List<StartGate> gates;
    private final ConfigurableEnvironment environment;
    private volatile int backendPort;
    private volatile @Nullable DoorServices services;
    private volatile @Nullable Channel listener;

    FrontDoorServer(
            FrontDoorProperties properties,
            NettyTransport transport,
            BackendSecret secret,
            FrontDoorMetrics metrics,
            @Nullable SocketIoEndpoint endpoint,
            List<DirectEndpoint> direct,
            BodyMemory bodies,
            @Nullable Peers peers,
            List<StartGate> gates,
            ConfigurableEnvironment environment) {
        this.properties = properties;
        this.transport = transport;
        this.secret = secret;
        this.metrics = metrics;
        this.endpoint = endpoint;
        this.direct = direct;
        this.bodies = bodies;
        this.peers = peers;
        this.gates = gates;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            backendPort = event.getWebServer().getPort();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return listener != null;
    }

    /** The port that is open; the configured one, or the one the system chose for 0. */
    public int port() {
        Channel open = listener;
        if (open == null) {
            throw new IllegalStateException("The port is not open");
        }
        return ((InetSocketAddress) open.localAddress()).getPort();
    }

    @Override
    public void start() {
        if (backendPort <= 0) {
            log.info("There is no web server here, so no port is opened");
            return;
        }
        gates.forEach(this::await);
        DoorServices fresh = new DoorServices(
                properties,
                secret,
                endpoint,
                direct,
                bodies,
                metrics,
                peers,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), backendPort),
                transport);
        services = fresh;
        listener = bind(fresh);
        environment.getPropertySources().addFirst(new MapPropertySource("frontDoor", Map.of(LOCAL_PORT, port())));
        log.info("Listening on {} port {}", properties.bindAddress(), port());
    }

    private Channel bind(DoorServices shared) {
        FrontDoorProperties.Tuning tuning = properties.frontDoor();
        int port = properties.portNumber();
        InetSocketAddress address = properties.bindAddress().equals("*")
                ? new InetSocketAddress(port)
                : new InetSocketAddress(properties.bindAddress(), port);
        ChannelFuture bound = new ServerBootstrap()
                .group(transport.group())
                .channel(transport.serverChannelType())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, tuning.backlog())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new FrontDoorInitializer(shared))
                .bind(address)
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            throw new PortUnavailableException(properties.bindAddress(), port, failure);
        }
        return bound.channel();
    }

    private void await(StartGate gate) {
        long giveUp = System.nanoTime() + properties.frontDoor().startTimeout().toNanos();
        while (true) {
            long left = giveUp - System.nanoTime();
            try {
                gate.opened()
                        .toCompletableFuture()
                        .get(Math.min(Math.max(left, 1), GATE_REMINDER.toNanos()), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                if (left <= GATE_REMINDER.toNanos()) {
                    throw new IllegalStateException(
                            "The port stays closed: " + gate.description() + " did not come in "
                                    + properties.frontDoor().startTimeout().toSeconds() + " s",
                            e);
                }
                log.warn("The port is not open yet, waiting for {}", gate.description());
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "The port stays closed: " + gate.description() + " failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + gate.description(), e);
            }
        }
    }

    /**
     * Has clients leave: each answer from now on ends its connection and says so. New connections are still taken, and every
     * request is answered, until the stop.
     */
    public void closeAfterAnswers() {
        DoorServices shared = services;
        if (shared != null) {
            shared.closeAfterAnswers();
        }
    }

    /** How many WebSockets pass through here to the instances that have their sessions. */
    public int tunnels() {
        DoorServices shared = services;
        return shared == null ? 0 : shared.tunnels().count();
    }

    /** Ends so many of these WebSockets: their sessions stay, and their clients come back to them another way. */
    public void closeTunnels(int most) {
        DoorServices shared = services;
        if (shared != null) {
            shared.tunnels().close(most);
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        Channel open = listener;
        DoorServices shared = services;
        listener = null;
        if (open == null || shared == null) {
            callback.run();
            return;
        }
        ListenerClose.start(open).awaitUninterruptibly();
        shared.stop();
        awaitLoops();
        long giveUp =
                System.nanoTime() + properties.frontDoor().shutdownTimeout().toNanos();
        whenDrained(shared, giveUp, callback);
    }

    /** Until each event loop has seen what was done before: a connection taken just now is only known to its loop. */
    private void awaitLoops() {
        List<Future<?>> turns = new ArrayList<>();
        for (EventExecutor loop : transport.group()) {
            turns.add(loop.submit(() -> {}));
        }
        turns.forEach(turn -> turn.awaitUninterruptibly(LOOP_TURN.toMillis()));
    }

    private void whenDrained(DoorServices shared, long giveUp, Runnable callback) {
        int left = shared.proxied().get();
        if (left == 0 || System.nanoTime() - giveUp > 0) {
            if (left > 0) {
                log.warn("{} requests did not end in time and are cut off", left);
            }
            shared.closeIdleBackends();
            callback.run();
        } else {
            transport
                    .group()
                    .schedule(() -> whenDrained(shared, giveUp, callback), 20, TimeUnit.MILLISECONDS)
                    .isDone();
        }
    }

    @Override
    public void destroy() {
        DoorServices shared = services;
        if (shared != null) {
            shared.connections()
                    .close()
                    .awaitUninterruptibly(
                            properties.frontDoor().shutdownTimeout().toMillis());
        }
    }
}
