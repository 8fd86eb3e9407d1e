package dev.realtime.service.gateway.frontdoor;

import dev.realtime.frontdoor.FrontDoor;
import dev.realtime.frontdoor.FrontDoorBuilder;
import dev.realtime.frontdoor.PortUnavailableException;
import dev.realtime.service.launch.StartGate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
 * Opens the one port when everything behind it is ready, and closes it first.
 *
 * <p>The server starts after Tomcat and the bindings, once every {@link StartGate} has opened. On stop, it closes the
 * listening socket and the idle connections, and waits for the proxied exchanges in flight and for requests that are
 * being received. WebSockets and open polls are left to the gateway, whose lifecycle must have a phase below
 * {@link #PHASE} so that it stops after this server and before Tomcat. Destroying the bean closes what is still open.
 *
 * <p>Without a web server (mocked web environments in tests), the server does nothing.
 */
public final class FrontDoorServer
        implements SmartLifecycle, DisposableBean, ApplicationListener<WebServerInitializedEvent> {

    /** After input bindings (MAX_VALUE - 1000), Tomcat's start (MAX_VALUE - 2048) and its graceful stop (- 1024). */
    public static final int PHASE = Integer.MAX_VALUE - 512;

    /** Property that holds the actual port, for tests that let the system choose one. */
    public static final String LOCAL_PORT = "local.realtime.port";

    private static final Logger log = LoggerFactory.getLogger(FrontDoorServer.class);
    private static final Duration GATE_REMINDER = Duration.ofSeconds(10);

    private final FrontDoorProperties properties;
    private final FrontDoorBuilder parts;
    private final List<StartGate> gates;
    private final ConfigurableEnvironment environment;
    private volatile int backendPort;
    private volatile @Nullable FrontDoor door;
    private volatile boolean open;

    /** @param parts the parts of the front door, without the address, the port and the back end */
    FrontDoorServer(
            FrontDoorProperties properties,
            FrontDoorBuilder parts,
            List<StartGate> gates,
            ConfigurableEnvironment environment) {
        this.properties = properties;
        this.parts = parts;
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
        return open;
    }

    /** The open port: the configured one, or the one that the system chose for 0. */
    public int port() {
        FrontDoor opened = door;
        if (opened == null || !open) {
            throw new IllegalStateException("The port is not open");
        }
        return opened.port();
    }

    @Override
    public void start() {
        if (backendPort <= 0) {
            log.info("There is no web server, so no port is opened");
            return;
        }
        gates.forEach(this::await);
        FrontDoor opened = openDoor();
        door = opened;
        open = true;
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("frontDoor", Map.of(LOCAL_PORT, opened.port())));
        log.info("Listening on {} port {}", properties.bindAddress(), opened.port());
    }

    private FrontDoor openDoor() {
        int port = properties.portNumber();
        try {
            return parts.bindAddress(properties.bindAddress())
                    .port(port)
                    .backend(new InetSocketAddress(InetAddress.getLoopbackAddress(), backendPort))
                    .open();
        } catch (PortUnavailableException e) {
            throw new PortRefusedException(properties.bindAddress(), port, e);
        }
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
                            "The port stays closed: " + gate.description() + " could not be read within "
                                    + properties.frontDoor().startTimeout().toSeconds() + " s",
                            e);
                }
                log.warn("The port is not open yet: waiting for {}", gate.description());
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "The port stays closed: " + gate.description() + " could not be read", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + gate.description(), e);
            }
        }
    }

    /**
     * Makes clients leave: from now on, each answer ends its connection and says so. Until the stop, new connections
     * are still accepted and every request is answered, except that no further WebSocket is forwarded: 503, upon which
     * a balancer tries another instance, and a client without one goes on polling.
     */
    public void closeAfterAnswers() {
        FrontDoor opened = door;
        if (opened != null) {
            opened.closeAfterAnswers();
        }
    }

    /** How many WebSockets are forwarded to the instances that own their sessions. */
    public int tunnels() {
        FrontDoor opened = door;
        return opened == null ? 0 : opened.tunnels();
    }

    /**
     * Closes up to this many forwarded WebSockets. Their sessions survive, and their clients reconnect through another
     * instance.
     */
    public void closeTunnels(int most) {
        FrontDoor opened = door;
        if (opened != null) {
            opened.closeTunnels(most);
        }
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        FrontDoor opened = door;
        if (opened == null || !open) {
            callback.run();
            return;
        }
        open = false;
        opened.stop(callback);
    }

    @Override
    public void destroy() {
        FrontDoor opened = door;
        if (opened != null) {
            opened.close();
        }
    }
}
