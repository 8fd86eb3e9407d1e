package dev.realtime.socketio.server;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.namespace.Namespace;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.Standing;
import dev.realtime.socketio.protocol.Json;
import dev.realtime.socketio.protocol.PacketEncoder;
import dev.realtime.socketio.protocol.SocketPacket;
import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client in one namespace: what the client calls its socket. Connected from its CONNECT on; part of the namespace only
 * once it is admitted.
 *
 * <p>Its id is the one that anybody may see. The session's id is a credential and another one.
 */
public final class NamespaceSocket {

    private final SocketConnection connection;
    private final Namespaces.Entry entry;
    /**
     * The library's id of this socket. It differs from the public id when a client came back, since the socket before it may
     * still be in the namespace.
     */
    private final UUID key = UUID.randomUUID();

    private UUID id = key;
    /** Null after it was sent to the client, and for clients that cannot come back. */
    private @Nullable String privateId;

    private volatile @Nullable ClientAdapter client;
    private volatile @Nullable Object attachment;

    NamespaceSocket(SocketConnection connection, Namespaces.Entry entry) {
        this.connection = connection;
        this.entry = entry;
    }

    /** The Socket.IO id, the client's {@code socket.id}. */
    public UUID id() {
        return id;
    }

    /**
     * Sets the public id, and the private id by which the client can come back. Called by the gate, before CONNECT is
     * answered.
     *
     * @param privateId a credential that the client presents when it comes back
     */
    public void become(UUID socketId, String privateId) {
        this.id = socketId;
        this.privateId = privateId;
    }

    /** Whether it is connected, and nobody has asked for its end. */
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether the client may recover this socket's session, now that the socket has ended. */
    public boolean mayComeBack() {
        return connection.mayComeBack();
    }

    /** Ends the connection at once, without a word. */
    public void abandon() {
        connection.abandon();
    }

    public UUID key() {
        return key;
    }

    public EngineSession session() {
        return connection.session();
    }

    /** When the client's last Socket.IO packet on this connection was handled, {@link System#nanoTime()}. */
    public long heardAt() {
        return connection.heardAt();
    }

    /** Whatever the application keeps with the socket; a {@link TransportListener} is told of upgrades. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(Object attached) {
        attachment = attached;
    }

    public boolean isAdmitted() {
        return client != null;
    }

    /** Lets the socket in: the namespace's connect listeners run. To be called in the connection's turn. */
    public void admit() {
        if (client == null && connection.has(this)) {
            Standing standing = session().standing();
            if (!standing.isIdentified()) {
                // Without authentication each socket counts as a user of its own.
                standing.identify("socket:" + id);
            }
            ClientAdapter admitted = new ClientAdapter(this, entry);
            client = admitted;
            connection.onAdmitted();
            entry.namespace().onConnect(admitted);
        }
    }

    /** Sends an event. */
    public void emit(String event, Object... arguments) {
        List<Object> data = new ArrayList<>(arguments.length + 1);
        data.add(event);
        data.addAll(List.of(arguments));
        send(Type.EVENT, null, data);
    }

    /** Tells the client why, and closes the whole connection. */
    public void close(Farewell farewell) {
        connection.close(farewell);
    }

    /** Takes the socket out of its namespace and tells the client so; the connection stays. */
    public void disconnect() {
        connection.disconnect(this);
    }

    /** Runs something in the connection's turn. */
    public void inTurn(Runnable task) {
        connection.inTurn(task);
    }

    /** The socket behind a client that a netty-socketio listener was handed. */
    public static NamespaceSocket of(SocketIOClient client) {
        return ((ClientAdapter) client).socket();
    }

    /** The current transport, by the library's name for it. */
    public Transport transport() {
        return session().transportName().equals("websocket") ? Transport.WEBSOCKET : Transport.POLLING;
    }

    /** The payload of the CONNECT that the client gets. */
    public Map<String, Object> connected() {
        String credential = privateId;
        privateId = null;
        return credential == null ? Map.of("sid", id) : Map.of("sid", id, "pid", credential);
    }

    String namespaceName() {
        return entry.name();
    }

    public void send(Type type, @Nullable Long ackId, @Nullable Object data) {
        session().send(PacketEncoder.encode(type, entry.name(), ackId, data));
    }

    /** An event of the client: to the namespace's listeners, or to the gate while it waits. */
    public void onEvent(SocketPacket packet) {
        List<JsonNode> arguments = new ArrayList<>();
        JsonNode data = packet.data() == null ? Json.MAPPER.createArrayNode() : packet.data();
        data.forEach(arguments::add);
        String event = arguments.removeFirst().asString();
        ClientAdapter admitted = client;
        if (admitted == null) {
            entry.gate().onWaitingEvent(this, event, arguments, acknowledgement(packet.ackId()));
            return;
        }
        Packet original = new Packet(com.corundumstudio.socketio.protocol.PacketType.MESSAGE, EngineIOVersion.V4);
        original.setAckId(packet.ackId());
        entry.namespace()
                .onEvent(admitted, event, new ArrayList<Object>(arguments), new AckRequest(original, admitted));
    }

    /** An acknowledgement of the client. */
    void onAck(SocketPacket packet) {
        ClientAdapter admitted = client;
        if (admitted != null) {
            admitted.onAck(packet);
        }
    }

    /** The connection has another transport, in the connection's turn. */
    public void onTransport() {
        if (attachment instanceof TransportListener listener) {
            listener.onTransport();
        }
    }

    /** The end, in the connection's turn. */
    public void onEnd() {
        ClientAdapter admitted = client;
        if (admitted != null) {
            admitted.onDisconnect();
        }
    }

    public Namespace namespace() {
        return entry.namespace();
    }

    private Acknowledgement acknowledgement(@Nullable Long ackId) {
        return new Acknowledgement() {
            private boolean sent;

            @Override
            public boolean isRequested() {
                return ackId != null;
            }

            @Override
            public void send(Object... data) {
                if (ackId != null && !sent) {
                    sent = true;
                    NamespaceSocket.this.send(Type.ACK, ackId, data);
                }
            }
        };
    }
}
