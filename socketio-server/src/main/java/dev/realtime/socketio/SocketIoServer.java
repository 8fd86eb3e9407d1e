package dev.realtime.socketio;

import dev.realtime.socketio.engine.ClientResolver;
import dev.realtime.socketio.engine.EngineIo;
import dev.realtime.socketio.engine.HandshakeReader;
import dev.realtime.socketio.engine.OriginCheck;
import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.ClientBounds;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.QueueGuard;
import dev.realtime.socketio.engine.session.SessionLimits;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.server.ClosePolicy;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.socketio.server.SocketIo;
import dev.realtime.socketio.server.SocketSettings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server with a port of its own. Clients can connect only to namespaces that have been opened. Listeners
 * and gates run on virtual threads, one at a time for each connection, and may block.
 *
 * <p>Closing the server ends all sessions, waits for running listeners, and releases the port.
 */
public final class SocketIoServer implements AutoCloseable {

    /** The share of the heap that packets may take while they wait for clients that do not read. */
    private static final double QUEUE_SHARE = 0.15;

    private static final int LONG_QUEUE = 64 * 1024;

    private final EventLoopGroup loops;
    private final ExecutorService listeners;
    private final Namespaces namespaces;
    private final EngineSessions sessions;
    private final Channel listening;

    private SocketIoServer(Builder builder) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        loops = new MultiThreadIoEventLoopGroup(io);
        listeners = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("socket-", 0).factory());
        namespaces = new Namespaces(listeners);
        try {
            builder.opened.forEach(open -> open.accept(namespaces));
            sessions = new EngineSessions(
                    builder.engine,
                    builder.limits,
                    ClientBounds.perSession(builder.limits.bytesBeforeIdentity(), builder.engine.heldBytes()),
                    builder.observer,
                    "",
                    new Backlogs(LONG_QUEUE));
            EngineIo engine = new EngineIo(
                    sessions,
                    new HandshakeReader(null),
                    ClientResolver.direct(),
                    builder.origins,
                    builder.observer,
                    builder.opener != null
                            ? builder.opener
                            : new SocketIo(namespaces, builder.sockets, builder.engine, listeners, builder.closes));
            listening = new ServerBootstrap()
                    .group(loops)
                    .channel(type)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            HttpTurns.addTo(channel.pipeline());
                            engine.addTo(channel.pipeline());
                        }
                    })
                    .bind(builder.address)
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        guard(new QueueGuard(sessions, (long) (Runtime.getRuntime().maxMemory() * QUEUE_SHARE)), Duration.ofSeconds(1));
    }

    /** A server on port 3000 of all addresses, at the path {@code /socket.io}, without a namespace. */
    public static Builder builder() {
        return new Builder();
    }

    private void guard(QueueGuard guard, Duration next) {
        if (!loops.isShuttingDown()) {
            loops.schedule(
                    () -> listeners.execute(() -> guard(guard, guard.check())), next.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The port it listens on; for port 0, the one the system chose. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** The namespaces; more may be opened at any time. */
    public Namespaces namespaces() {
        return namespaces;
    }

    /** The open sessions. */
    public EngineSessions sessions() {
        return sessions;
    }

    /** Ends the server; a second call does nothing. */
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        listening.close().syncUninterruptibly();
        sessions.refuseWhile(() -> true);
        for (EngineSession session : sessions.all()) {
            session.end(EndReason.SERVER_CLOSE);
        }
        stop();
    }

    private void stop() {
        listeners.close();
        namespaces.close();
        // A loop that ends closes its channels at once: what was to be written to them goes first.
        loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The options of a server. */
    public static final class Builder {

        private final List<Consumer<Namespaces>> opened = new ArrayList<>();
        private InetSocketAddress address = new InetSocketAddress(3000);
        private EngineSettings engine = EngineSettings.DEFAULT;
        private SocketSettings sockets = SocketSettings.DEFAULT;
        private SessionLimits limits = SessionLimits.DEFAULT;
        private OriginCheck origins = OriginCheck.same();
        private EngineObserver observer = EngineObserver.NONE;
        private ClosePolicy closes = ClosePolicy.silent();
        private @Nullable SessionOpener opener;

        private Builder() {}

        /** Listens on this port of all addresses; 0 means any free port. */
        public Builder port(int port) {
            return address(new InetSocketAddress(port));
        }

        /** Listens on this address and port. */
        public Builder address(InetSocketAddress listenOn) {
            address = listenOn;
            return this;
        }

        /** Opens a namespace that admits every client; see {@link Namespaces#open}. */
        public Builder namespace(String name, Object... handlers) {
            return namespace(name, Gate.open(), handlers);
        }

        /** Opens a namespace; see {@link Namespaces#open}. */
        public Builder namespace(String name, Gate gate, Object... handlers) {
            opened.add(namespaces -> namespaces.open(name, gate, handlers));
            return this;
        }

        /** The path, heartbeats and limits of sessions. */
        public Builder engine(EngineSettings settings) {
            engine = settings;
            return this;
        }

        /** The limits of sockets. */
        public Builder sockets(SocketSettings settings) {
            sockets = settings;
            return this;
        }

        /** What one session may send. */
        public Builder limits(SessionLimits sessionLimits) {
            limits = sessionLimits;
            return this;
        }

        /** The pages that may connect; by default only those of the server's own origin. */
        public Builder origins(OriginCheck check) {
            origins = check;
            return this;
        }

        /** Is notified of refused requests and ended sessions, for metrics. */
        public Builder observer(EngineObserver engineObserver) {
            observer = engineObserver;
            return this;
        }

        /** What clients are told before the server closes their connections; nothing by default. */
        public Builder closes(ClosePolicy policy) {
            closes = policy;
            return this;
        }

        /**
         * Serves Engine.IO without Socket.IO: sessions go to this opener, which identifies them. Namespaces, the limits of
         * sockets and the close policy then have no effect.
         */
        public Builder engineOnly(SessionOpener sessionOpener) {
            opener = sessionOpener;
            return this;
        }

        /**
         * Opens the port.
         *
         * @throws RuntimeException if the port cannot be opened
         */
        public SocketIoServer start() {
            return new SocketIoServer(this);
        }
    }
}
