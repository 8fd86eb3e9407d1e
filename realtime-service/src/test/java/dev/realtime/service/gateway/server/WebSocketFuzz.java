package dev.realtime.service.gateway.server;

import static dev.realtime.testkit.fuzz.Bytes.join;
import static dev.realtime.testkit.fuzz.Bytes.magnitude;
import static dev.realtime.testkit.fuzz.Bytes.random;

import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import dev.realtime.frontdoor.EmbeddedDoor;
import dev.realtime.frontdoor.routing.ChannelEndpoint;
import dev.realtime.frontdoor.routing.EndpointPath;
import dev.realtime.service.gateway.limits.LimitProperties;
import dev.realtime.socketio.engine.EngineIo;
import dev.realtime.socketio.engine.FuzzSessions;
import dev.realtime.socketio.engine.HandshakeReader;
import dev.realtime.socketio.engine.RemoteClient;
import dev.realtime.socketio.engine.WatchedListener;
import dev.realtime.socketio.engine.polling.PollReply;
import dev.realtime.socketio.engine.polling.PollingTransport;
import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.SessionLimits;
import dev.realtime.socketio.engine.session.SessionOpener;
import dev.realtime.socketio.engine.websocket.WebSocketTransport;
import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.server.Gate;
import dev.realtime.socketio.server.Namespaces;
import dev.realtime.socketio.server.SocketIo;
import dev.realtime.socketio.server.SocketSettings;
import dev.realtime.testkit.LogLines;
import dev.realtime.testkit.fuzz.Target;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A whole WebSocket connection, from the handshake's answer on: the front door's pipeline, Engine.IO, Socket.IO and
 * listeners that answer. An input's first two bytes hold the revision, whether the connection is an upgrade's candidate,
 * how large the pieces are, whether the first comes with the handshake, and whether the client reads.
 *
 * <p>Whatever comes, nothing is thrown into the pipeline or logged as a failure, what goes out is well-formed, what waits
 * is bounded, and the session lives, or ends once, for a reason, and takes its connection with it.
 */
public final class WebSocketFuzz implements Target {

    private static final int MAX_PAYLOAD = 1_000;
    /** None is there when the client does not read. */
    private static final Set<Integer> STATUSES = Set.of(0, 1000, 1002, 1007, 1008, 1009);

    private static final int MAX_QUEUED = 10_000;
    private static final int HIGH_WATER = 2_000;

    /** One message beyond the mark, an echo of what may be as large as the largest, and a close frame. */
    private static final int MAX_PENDING = HIGH_WATER + 4 * MAX_PAYLOAD;

    /** Longer than any time limit, but all of it is less than a heartbeat's. */
    private static final long AFTERWARDS_SECONDS = 6;

    private static final int AFTERWARDS_STEPS = 4;

    private static final EngineSettings SETTINGS = new EngineSettings(
            "/socket.io",
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            MAX_PAYLOAD,
            MAX_QUEUED,
            true);

    private final Queue<Runnable> work = new ArrayDeque<>();
    private final EngineSessions sessions;
    private final SessionOpener opener;
    private final EngineIo engine;
    private @Nullable EngineSession opened;
    private WatchedListener watch = new WatchedListener();

    public WebSocketFuzz() {
        MeterRegistry meters = new SimpleMeterRegistry();
        LimitProperties limits = new LimitProperties(
                50, Duration.ofSeconds(2), 20, 1, 100, DataSize.ofMegabytes(1), DataSize.ofMegabytes(8), 2, 20);
        sessions = new EngineSessions(
                SETTINGS,
                new SessionLimits(1, 100, Duration.ofSeconds(2), 32 * 1024),
                ServerParts.bounds(limits, SETTINGS, meters),
                EngineObserver.NONE,
                "test.",
                new Backlogs(64 * 1024));
        SocketSettings bounds = new SocketSettings(Duration.ofSeconds(5), 64, 8, 8 * 1024, 10 * 1024, 100, 5, 3);
        SocketIo sockets = new SocketIo(namespaces(), bounds, SETTINGS, work::add, ServerParts.closes(meters));
        opener = session -> {
            opened = session;
            watch = new WatchedListener(sockets.onOpen(session));
            return watch;
        };
        engine = new EngineIo(
                sessions,
                new HandshakeReader(null),
                (channel, request) -> new RemoteClient(InetAddress.getLoopbackAddress(), "h", false),
                (origin, client) -> origin == null,
                EngineObserver.NONE,
                opener);
    }

    private Namespaces namespaces() {
        Namespaces namespaces = new Namespaces(work::add);
        for (String name : List.of("/", "/admin")) {
            namespaces.open(name, Gate.open());
            namespaces.listen(name, "e", (client, args, ack) -> {
                client.sendEvent("back", args.getArgs().toArray());
                ack.sendAckData(args.getArgs());
            });
            namespaces.listen(name, "ask", (client, args, _) -> ask(client));
        }
        return namespaces;
    }

    private static void ask(SocketIOClient client) {
        client.sendEvent("question", new MultiTypeAckCallback() {
            @Override
            public void onSuccess(MultiTypeArgs answer) {
                client.sendEvent("answered", answer.getArgs().toArray());
            }
        });
    }

    @Override
    public String name() {
        return "websocket";
    }

    @Override
    public int bytesPerByte() {
        // A ping is six bytes and a pong.
        return 512;
    }

    @Override
    public int bytesAtLeast() {
        return 256 * 1024;
    }

    @Override
    public byte[] generate(RandomGenerator random) {
        byte[] options = random(random, 2);
        return join(options, new ClientFrames(random, revision(options)).conversation(isUpgrade(options)));
    }

    private static Revision revision(byte[] options) {
        return (options[0] & 1) == 0 ? Revision.V4 : Revision.V3;
    }

    private static boolean isUpgrade(byte[] options) {
        return (options[0] & 2) != 0;
    }

    private static boolean isEarly(byte[] options) {
        return (options[0] & 4) != 0;
    }

    private static boolean isDeaf(byte[] options) {
        return (options[1] & 3) == 0;
    }

    private static int piece(byte[] options) {
        return 1 << ((options[0] & 0xFF) >> 3 & 15);
    }

    @Override
    public Outcome take(byte[] input) {
        byte[] options = {input.length > 0 ? input[0] : 0, input.length > 1 ? input[1] : 1};
        int start = Math.min(2, input.length);
        opened = null;
        EmbeddedDoor door = EmbeddedDoor.open(endpoint());
        ByteBuf out = Unpooled.buffer();
        try (LogLines log = new LogLines()) {
            EngineSession polled = isUpgrade(options) ? polled(revision(options), door.eventLoop()) : null;
            byte[] request = request(revision(options), polled).getBytes(StandardCharsets.US_ASCII);
            int early = isEarly(options) ? Math.min(piece(options), input.length - start) : 0;
            give(door, out, Unpooled.copiedBuffer(request, Arrays.copyOfRange(input, start, start + early)));
            door.config().setWriteBufferWaterMark(new WriteBufferWaterMark(HIGH_WATER / 2, HIGH_WATER));
            if (isDeaf(options)) {
                door.stopReading();
            }
            for (int at = start + early; at < input.length && door.isActive(); at += piece(options)) {
                int length = Math.min(piece(options), input.length - at);
                give(door, out, Unpooled.copiedBuffer(input, at, length));
            }
            Outcome outcome = outcome(options, door, out);
            require(log.lines().isEmpty(), "logged: " + log.lines());
            return outcome;
        } finally {
            end(door);
            out.release();
        }
    }

    private ChannelEndpoint endpoint() {
        return new ChannelEndpoint() {
            @Override
            public EndpointPath path() {
                return new EndpointPath("/socket.io");
            }

            @Override
            public void configure(ChannelPipeline pipeline) {
                engine.addTo(pipeline);
            }
        };
    }

    private EngineSession polled(Revision revision, EventLoop loop) {
        EngineSession session = FuzzSessions.open(sessions, revision, loop);
        PollingTransport polling = new PollingTransport(session);
        session.start(polling, Packets.open("{}"), opener);
        // The first is answered with the packet that opens, the second waits.
        polling.onPoll(new Poll(loop));
        polling.onPoll(new Poll(loop));
        return session;
    }

    private static String request(Revision revision, @Nullable EngineSession session) {
        return "GET /socket.io/?EIO=" + (revision == Revision.V4 ? 4 : 3) + "&transport=websocket"
                + (session == null ? "" : "&sid=" + session.id())
                + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    }

    private void give(EmbeddedDoor door, ByteBuf out, ByteBuf bytes) {
        door.writeInbound(bytes);
        settle(door, out);
    }

    private void settle(EmbeddedDoor door, ByteBuf out) {
        door.runPendingTasks();
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
            door.runPendingTasks();
        }
        door.checkException();
        require(door.inboundMessages().isEmpty(), "something came to the end of the pipeline");
        require(!door.isActive() || door.config().isAutoRead(), "paused, and nothing is left to do");
        require(door.pendingBytes() <= MAX_PENDING, "too much waits in the connection");
        for (ByteBuf written = door.readOutbound(); written != null; written = door.readOutbound()) {
            out.writeBytes(written);
            written.release();
        }
    }

    private Outcome outcome(byte[] options, EmbeddedDoor door, ByteBuf out) {
        EngineSession session = opened;
        String head = out.toString(StandardCharsets.US_ASCII);
        require(session != null, "no session: " + head);
        require(head.startsWith("HTTP/1.1 101 "), "no WebSocket: " + head);
        require(session.queuedBytes() <= MAX_QUEUED + MAX_PAYLOAD, "too much waits for the client");
        boolean wasOpen = session.isOpen();
        for (int i = 0; i < AFTERWARDS_STEPS; i++) {
            // What ends now may set a time limit of its own.
            door.advanceTimeBy(AFTERWARDS_SECONDS, TimeUnit.SECONDS);
            settle(door, out);
        }
        ServerFrames frames = new ServerFrames(out.skipBytes(head.indexOf("\r\n\r\n") + 4));
        boolean switched = session.transport() instanceof WebSocketTransport;
        List<EndReason> ends = watch.ends();
        if (session.isOpen()) {
            require(ends.isEmpty(), "told an end that is none");
            require(door.isActive() == switched, "a connection without a session, or a session without one");
        } else {
            require(ends.size() == 1, "ended " + ends);
            require(!door.isActive(), "a connection that outlives its session");
            require(isDeaf(options) || frames.closeStatus() != 0, "an end without a close frame");
            require(STATUSES.contains(frames.closeStatus()), "a close status that is none of ours");
        }
        String kind = revision(options) + (isDeaf(options) ? " deaf" : "") + (switched ? "" : " not switched")
                + (wasOpen ? " open " : " ended ") + ends + " " + frames.closeStatus()
                + (frames.errorTold() ? " told" : "") + ", in " + magnitude(watch.texts()) + " "
                + magnitude(watch.binaries()) + ", out " + magnitude(frames.texts()) + " "
                + magnitude(frames.binaries()) + " " + magnitude(frames.pongs());
        return () -> kind;
    }

    private void end(EmbeddedDoor door) {
        door.finishAndReleaseAll();
        sessions.all().forEach(session -> session.end(EndReason.SERVER_CLOSE));
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    private record Poll(EventLoop loop) implements PollReply {

        @Override
        public void answer(ByteBuf payload, boolean bytes) {
            payload.release();
        }
    }
}
