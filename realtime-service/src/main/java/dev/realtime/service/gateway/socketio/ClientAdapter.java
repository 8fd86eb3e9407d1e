package dev.realtime.service.gateway.socketio;

import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.transport.NamespaceClient;
import dev.realtime.service.gateway.engineio.Revision;
import dev.realtime.service.gateway.socketio.SocketPacket.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A socket as netty-socketio's listeners see it. Exists only while the socket is part of the namespace. */
final class ClientAdapter extends NamespaceClient {

    private final NamespaceSocket socket;
    private final Namespaces.Entry entry;

    ClientAdapter(NamespaceSocket socket, Namespaces.Entry entry) {
        this.socket = socket;
        this.entry = entry;
        super(new HeadAdapter(socket, entry.hub()), entry.namespace());
    }

    NamespaceSocket socket() {
        return socket;
    }

    @Override
    public UUID getSessionId() {
        return socket.id();
    }

    @Override
    public EngineIOVersion getEngineIOVersion() {
        return socket.session().handshake().revision() == Revision.V3 ? EngineIOVersion.V3 : EngineIOVersion.V4;
    }

    @Override
    public Transport getTransport() {
        return getBaseClient().getCurrentTransport();
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
