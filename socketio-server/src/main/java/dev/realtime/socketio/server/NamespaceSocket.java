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
 * A client in one namespace, which Socket.IO clients call a socket. Connected from its CONNECT on; part of the
 * namespace only once it is admitted.
 *
 * <p>Its id is public. It must never be the session's id, which is a credential.
 */
public final class NamespaceSocket {

    private final SocketConnection connection;
    private final Namespaces.Entry entry;
    /**
     * netty-socketio's id of this socket. After a recovery it differs from the public id, because the previous socket
     * may still be in the namespace.
     */
    private final UUID key = UUID.randomUUID();

    private UUID id = key;
    /** Null once it was sent to the client, and for clients that cannot recover. */
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
     * Sets the public id and the private id with which the client can recover the session. Called by the gate, before
     * CONNECT is answered.
     *
     * @param privateId a credential that the client presents for recovery
     */
    public void become(UUID socketId, String privateId) {
        this.id = socketId;
        this.privateId = privateId;
    }

    /** Whether it is connected and no close was requested. */
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether the client may recover this socket's session after the socket has ended. */
    public boolean mayComeBack() {
        return connection.mayComeBack();
    }

    /** What the client was told when the server closed the connection; null otherwise. In the connection's turn. */
    public @Nullable Farewell farewell() {
        return connection.farewell();
    }

    /** Ends the connection at once, without a farewell. */
    public void abandon() {
        connection.abandon();
    }

    public UUID key() {
        return key;
    }

    public EngineSession session() {
        return connection.session();
    }

    /** When the client's last Socket.IO packet on this connection was handled, as {@link System#nanoTime()}. */
    public long heardAt() {
        return connection.heardAt();
    }

    /** An object that the application keeps with the socket; a {@link TransportListener} is notified of upgrades. */
    public @Nullable Object attachment() {
        return attachment;
    }

    public void attach(Object attached) {
        attachment = attached;
    }

    public boolean isAdmitted() {
        return client != null;
    }

    /** Admits the socket and runs the namespace's connect listeners. Call only in the connection's turn. */
    public void admit() {
        if (client == null && connection.has(this)) {
            Standing standing = session().standing();
            if (!standing.isIdentified()) {
                // Without authentication, each socket counts as a user of its own.
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

    /** Sends a farewell to the client and closes the whole connection. */
    public void close(Farewell farewell) {
        connection.close(farewell);
    }

    /** Removes the socket from its namespace and tells the client; the connection stays open. */
    public void disconnect() {
        connection.disconnect(this);
    }

    /** Runs a task in the connection's turn. */
    public void inTurn(Runnable task) {
        connection.inTurn(task);
    }

    /** The socket of a client that was passed to a netty-socketio listener. */
    public static NamespaceSocket of(SocketIOClient client) {
        return ((ClientAdapter) client).socket();
    }

    /** The current transport, as netty-socketio's constant. */
    public Transport transport() {
        return session().transportName().equals("websocket") ? Transport.WEBSOCKET : Transport.POLLING;
    }

    /** The payload of the CONNECT packet for the client. */
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

    /** Passes an event of the client to the namespace's listeners, or to the gate while the socket waits. */
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

    /** Handles an acknowledgement of the client. */
    void onAck(SocketPacket packet) {
        ClientAdapter admitted = client;
        if (admitted != null) {
            admitted.onAck(packet);
        }
    }

    /** The connection has another transport; in the connection's turn. */
    public void onTransport() {
        if (attachment instanceof TransportListener listener) {
            listener.onTransport();
        }
    }

    /** The socket has ended; in the connection's turn. */
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
