package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EndReason;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.SessionListener;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketDecoder;
import dev.realtime.socketio.protocol.PacketEncoder;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.protocol.SocketPacket;
import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Socket.IO on one session: its sockets by namespace. Everything except the entry points of {@link SessionListener}
 * must run in the connection's turn, that is, in its mailbox.
 */
final class SocketConnection implements SessionListener {

    private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

    private final EngineSession session;
    private final Namespaces namespaces;
    private final SocketSettings settings;
    private final ClosePolicy policy;
    private final Mailbox mailbox;
    private final Intake intake;
    private final Map<String, NamespaceSocket> sockets = new HashMap<>(2);
    private @Nullable AdmissionDeadline admissionDeadline;
    private int connects;
    private boolean connecting;
    private boolean ended;
    /** A close was requested and waits for its turn. */
    private volatile boolean ending;
    /**
     * The sockets that end now cannot be recovered: the client or the server disconnected them, or the client was told
     * to stay away.
     */
    private boolean forGood;

    /** What the client was told when the server closed the connection; in its turn. */
    private @Nullable Farewell farewell;

    /** When the client's last packet was handled. */
    private volatile long heardAt = System.nanoTime();

    SocketConnection(
            EngineSession session,
            Namespaces namespaces,
            SocketSettings settings,
            PacketDecoder decoder,
            Function<Mailbox.Source, Mailbox> mailboxes,
            ClosePolicy policy) {
        this.session = session;
        this.namespaces = namespaces;
        this.settings = settings;
        this.policy = policy;
        this.mailbox = mailboxes.apply(session::setReading);
        this.intake = new Intake(this, mailbox, decoder, session.standing().budget());
        inTurn(this::begin);
    }

    /** Clients of revision 3 are in the main namespace from the start and send no CONNECT for it. */
    private void begin() {
        awaitAdmission();
        if (isOld()) {
            connect(SocketPacket.MAIN_NAMESPACE, null);
        }
    }

    private boolean isOld() {
        return session.handshake().revision() == Revision.V3;
    }

    EngineSession session() {
        return session;
    }

    long heardAt() {
        return heardAt;
    }

    @Override
    public void onText(byte[] message) {
        intake.take(message, false);
    }

    @Override
    public void onBinary(byte[] bytes) {
        intake.take(bytes, true);
    }

    @Override
    public void onOverflow() {
        close(CloseCause.SLOW_CLIENT);
    }

    @Override
    public void onFlood() {
        close(CloseCause.TOO_MANY_MESSAGES);
    }

    @Override
    public void onTooMuchData() {
        close(CloseCause.TOO_MUCH_DATA);
    }

    @Override
    public void onTransport() {
        inTurn(() -> sockets.values().forEach(NamespaceSocket::onTransport));
    }

    @Override
    public void onEnd(EndReason reason) {
        intake.drop();
        inTurn(this::endInTurn);
    }

    /** Runs a task in the connection's turn. */
    void inTurn(Runnable task) {
        mailbox.postAlways(task);
    }

    boolean has(NamespaceSocket socket) {
        return sockets.get(socket.namespaceName()) == socket;
    }

    void onAdmitted() {
        if (admissionDeadline != null) {
            admissionDeadline.cancel();
            admissionDeadline = null;
        }
    }

    void close(CloseCause cause) {
        ending = true;
        inTurn(() -> closeInTurn(cause));
    }

    void close(Farewell farewell) {
        ending = true;
        inTurn(() -> closeInTurn(farewell));
    }

    boolean isOpen() {
        return !ending && session.isOpen();
    }

    boolean mayComeBack() {
        return !forGood;
    }

    @Nullable
    Farewell farewell() {
        return farewell;
    }

    void abandon() {
        session.end(EndReason.SERVER_CLOSE);
    }

    void disconnect(NamespaceSocket socket) {
        inTurn(() -> {
            if (has(socket)) {
                socket.send(Type.DISCONNECT, null, null);
                removeForGood(socket);
            }
        });
    }

    /** Whether the connection has ended; in its turn. */
    boolean hasEnded() {
        return ended;
    }

    /** Handles a packet of the client; in the connection's turn. */
    void handle(SocketPacket packet) throws ProtocolException {
        heardAt = System.nanoTime();
        if (packet.type() == Type.CONNECT) {
            if (!session.standing().isIdentified() && ++connects > settings.maxConnects()) {
                closeInTurn(CloseCause.TOO_MANY_MESSAGES);
                return;
            }
            if (sockets.containsKey(packet.namespace())) {
                throw new ProtocolException("second CONNECT to a namespace");
            }
            connect(packet.namespace(), packet.data());
            return;
        }
        NamespaceSocket socket = sockets.get(packet.namespace());
        if (!connecting) {
            throw new ProtocolException("packet before CONNECT");
        }
        if (socket == null) {
            // Its CONNECT was refused, or its DISCONNECT crossed the server's.
            log.debug("Ignoring a packet for a namespace without a socket");
            return;
        }
        switch (packet.type()) {
            case DISCONNECT -> removeForGood(socket);
            case EVENT, BINARY_EVENT -> socket.onEvent(packet);
            case ACK, BINARY_ACK -> socket.onAck(packet);
            default -> throw new ProtocolException("unexpected packet type " + packet.type());
        }
    }

    private void connect(String namespace, @Nullable JsonNode auth) {
        connecting = true;
        Namespaces.Entry entry = namespaces.find(namespace);
        if (entry == null) {
            send(namespace, Type.CONNECT_ERROR, Map.of("message", "Invalid namespace"));
            return;
        }
        NamespaceSocket socket = new NamespaceSocket(this, entry);
        switch (entry.gate().onConnect(socket, auth)) {
            case GateDecision.Refused(String message, Object data) ->
                send(
                        namespace,
                        Type.CONNECT_ERROR,
                        data == null ? Map.of("message", message) : Map.of("message", message, "data", data));
            case GateDecision.Undecided() -> abandon();
            case GateDecision.Waiting() -> accept(socket);
            case GateDecision.Admitted() -> {
                accept(socket);
                socket.admit();
            }
        }
    }

    private void accept(NamespaceSocket socket) {
        sockets.put(socket.namespaceName(), socket);
        socket.send(Type.CONNECT, null, isOld() ? null : socket.connected());
    }

    private void removeForGood(NamespaceSocket socket) {
        forGood = true;
        try {
            remove(socket);
        } finally {
            // Other sockets of the client may still be there, and new ones may connect.
            forGood = false;
        }
    }

    private void remove(NamespaceSocket socket) {
        sockets.remove(socket.namespaceName(), socket);
        socket.onEnd();
        if (!ended && sockets.values().stream().noneMatch(NamespaceSocket::isAdmitted)) {
            awaitAdmission();
        }
    }

    /** Starts the deadline after which a connection without an admitted socket is closed. */
    private void awaitAdmission() {
        if (admissionDeadline == null) {
            admissionDeadline = new AdmissionDeadline(this, settings.admissionTimeout());
            admissionDeadline.plan();
        }
    }

    /** Whether the connection still waits for an admitted socket until this deadline; in its turn. */
    boolean isWaitingFor(AdmissionDeadline deadline) {
        return admissionDeadline == deadline;
    }

    void closeInTurn(CloseCause cause) {
        if (!ended) {
            closeInTurn(policy.farewell(cause));
        }
    }

    private void closeInTurn(Farewell farewell) {
        if (ended) {
            return;
        }
        List<EncodedPacket> lastWords = LastWords.of(farewell, sockets.values());
        this.farewell = farewell;
        forGood = !farewell.mayReturn();
        endInTurn();
        intake.drop();
        policy.closed(farewell);
        session.closeAfter(lastWords, farewell.reason());
    }

    private void endInTurn() {
        ended = true;
        onAdmitted();
        List.copyOf(sockets.values()).forEach(this::remove);
    }

    private void send(String namespace, Type type, Object data) {
        session.send(PacketEncoder.encode(type, namespace, null, data));
    }
}
