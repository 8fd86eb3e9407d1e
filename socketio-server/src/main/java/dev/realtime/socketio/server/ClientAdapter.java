package dev.realtime.socketio.server;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.protocol.SocketPacket;
import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A socket as netty-socketio's listeners see it. Exists only while the socket is part of the namespace.
 *
 * <p>Its {@code ClientHead}, with the maps and queues of netty-socketio's own connections, is created only on first
 * use, because use is rare and it would take a fifth of a socket's memory. So every method of the superclass that uses
 * the head must be overridden here.
 */
final class ClientAdapter extends NamespaceClient {

    private final NamespaceSocket socket;
    private final Namespaces.Entry entry;
    private volatile @Nullable HeadAdapter head;
    private volatile boolean gone;

    @SuppressWarnings("NullAway") // The superclass only stores it; every method that uses it is overridden.
    ClientAdapter(NamespaceSocket socket, Namespaces.Entry entry) {
        super(null, entry.namespace());
        this.socket = socket;
        this.entry = entry;
        entry.namespace().enter(this);
    }

    @Override
    public ClientHead getBaseClient() {
        HeadAdapter made = head;
        if (made == null) {
            synchronized (this) {
                made = head;
                if (made == null) {
                    made = new HeadAdapter(socket, entry.hub());
                    head = made;
                }
            }
        }
        return made;
    }

    @Override
    public boolean isWritable() {
        return !gone && isChannelOpen();
    }

    @Override
    public void send(Packet packet, AckCallback<?> ackCallback) {
        if (!isWritable()) {
            ackCallback.onTimeout();
            return;
        }
        // Pending acknowledgements are removed by head.
        packet.setAckId(getBaseClient().getAckManager().registerAck(getSessionId(), ackCallback));
        send(packet);
    }

    @Override
    public void onDisconnect() {
        gone = true;
        HeadAdapter made = head;
        if (made != null) {
            entry.hub().onDisconnect(made);
        }
        entry.namespace().onDisconnect(this);
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return getBaseClient().getRemoteAddress();
    }

    @Override
    public HandshakeData getHandshakeData() {
        return getBaseClient().getHandshakeData();
    }

    @Override
    public void set(String key, Object value) {
        getBaseClient().getStore().set(key, value);
    }

    @Override
    public <T> T get(String key) {
        return getBaseClient().getStore().get(key);
    }

    @Override
    public boolean has(String key) {
        return getBaseClient().getStore().has(key);
    }

    @Override
    public void del(String key) {
        getBaseClient().getStore().del(key);
    }

    NamespaceSocket socket() {
        return socket;
    }

    /** netty-socketio's id; the public id is {@link NamespaceSocket#id()}. */
    @Override
    public UUID getSessionId() {
        return socket.key();
    }

    @Override
    public EngineIOVersion getEngineIOVersion() {
        return socket.session().handshake().revision() == Revision.V3 ? EngineIOVersion.V3 : EngineIOVersion.V4;
    }

    @Override
    public Transport getTransport() {
        return socket.transport();
    }

    @Override
    public boolean isChannelOpen() {
        return socket.session().isOpen();
    }

    @Override
    public void send(Packet packet) {
        PacketType type = packet.getSubType();
        if (type == PacketType.DISCONNECT) {
            disconnect();
            return;
        }
        List<Object> data = new ArrayList<>();
        if (type == PacketType.EVENT) {
            data.add(packet.getName());
        }
        if (packet.getData() instanceof Iterable<?> arguments) {
            arguments.forEach(data::add);
        }
        socket.send(type == PacketType.ACK ? Type.ACK : Type.EVENT, packet.getAckId(), data);
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }

    void onAck(SocketPacket packet) {
        Packet acknowledgement = new Packet(PacketType.MESSAGE, EngineIOVersion.V4);
        acknowledgement.setSubType(PacketType.ACK);
        acknowledgement.setAckId(packet.ackId());
        List<Object> arguments = new ArrayList<>();
        JsonNode data = packet.data();
        if (data != null) {
            data.forEach(arguments::add);
        }
        acknowledgement.setData(arguments);
        entry.hub().acks().onAck(this, acknowledgement);
    }
}
