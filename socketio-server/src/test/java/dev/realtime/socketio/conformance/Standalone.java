package dev.realtime.socketio.conformance;

import dev.realtime.socketio.SocketIoServer;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.wire.RequestError;
import dev.realtime.socketio.server.SocketSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@link SocketIoServer} by itself, as README.md starts it. */
public final class Standalone implements Subject {

    @Override
    public Running start(Wanted wanted) {
        return new Server(0, wanted);
    }

    /**
     * Serves the protocol authors' suites on port 3000: Socket.IO, or with {@code --engine} the Engine.IO echo. Ends when
     * the process is told to.
     */
    public static void main(String[] args) {
        Wanted wanted = Wanted.calm(Arrays.asList(args).contains("--engine"))
                .heartbeat(Duration.ofMillis(300), Duration.ofMillis(200))
                .admissionTimeout(Duration.ofSeconds(1));
        System.out.println("Listening on port " + new Server(3000, wanted).port());
    }

    private static final class Server implements Running, EngineObserver {

        private final Map<Enum<?>, AtomicLong> counts = new ConcurrentHashMap<>();
        private final SocketIoServer server;

        Server(int port, Wanted wanted) {
            EngineSettings engine = new EngineSettings(
                    wanted.engineOnly() ? "/engine.io" : "/socket.io",
                    wanted.pingInterval(),
                    wanted.pingTimeout(),
                    wanted.upgradeTimeout(),
                    EngineSettings.DEFAULT.closeTimeout(),
                    wanted.maxPayload(),
                    EngineSettings.DEFAULT.maxQueuedBytes(),
                    true);
            SocketIoServer.Builder builder = SocketIoServer.builder()
                    .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .engine(engine)
                    .sockets(sockets(wanted))
                    .observer(this)
                    .closes(Echoes.tellingWhy());
            server = (wanted.engineOnly() ? builder.engineOnly(Echoes::echo) : builder).start();
            Echoes.open(server.namespaces());
        }

        private static SocketSettings sockets(Wanted wanted) {
            SocketSettings usual = SocketSettings.DEFAULT;
            return new SocketSettings(
                    wanted.admissionTimeout(),
                    usual.maxWaitingMessages(),
                    usual.pauseAtMessages(),
                    usual.pauseAtBytes(),
                    Wanted.MAX_JSON,
                    Wanted.MAX_VALUES,
                    usual.maxConnects(),
                    usual.maxAttachments());
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void refused(RequestError error) {
            counts.computeIfAbsent(error, any -> new AtomicLong()).incrementAndGet();
        }

        @Override
        public void ended(EndReason reason) {
            counts.computeIfAbsent(reason, any -> new AtomicLong()).incrementAndGet();
        }

        @Override
        public long count(Enum<?> what) {
            AtomicLong count = counts.get(what);
            return count == null ? 0 : count.get();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
