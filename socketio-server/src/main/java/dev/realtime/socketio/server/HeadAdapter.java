package dev.realtime.socketio.server;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.ClientsBox;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.store.MemoryStore;
import com.corundumstudio.socketio.store.Store;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as netty-socketio's classes see it. The session does what netty-socketio's own head does (queues, pings,
 * channels); this one only answers queries and must never send.
 */
final class HeadAdapter extends ClientHead {

    private static final ClientsBox NO_CLIENTS = new ClientsBox();

    private final NamespaceSocket socket;
    private final Store store = new MemoryStore();

    HeadAdapter(NamespaceSocket socket, Namespaces hub) {
        super(
                socket.key(),
                hub.acks(),
                hub,
                hub.configuration().getStoreFactory(),
                handshakeData(socket),
                NO_CLIENTS,
                Transport.POLLING,
                hub.timer(),
                hub.configuration(),
                Map.of());
        this.socket = socket;
    }

    /** Without headers: they hold tokens, and memory for the life of the socket. */
    private static HandshakeData handshakeData(NamespaceSocket socket) {
        return new HandshakeData(
                EmptyHttpHeaders.INSTANCE,
                Map.of(),
                new InetSocketAddress(socket.session().handshake().clientAddress(), 0),
                "/socket.io/",
                false);
    }

    @Override
    public Transport getCurrentTransport() {
        return socket.transport();
    }

    @Override
    public Store getStore() {
        return store;
    }

    @Override
    public boolean isConnected() {
        return socket.session().isOpen();
    }

    @Override
    public boolean isChannelOpen() {
        return socket.session().isOpen();
    }

    @Override
    public boolean isWritable() {
        return socket.session().isOpen();
    }

    @Override
    public @Nullable ChannelFuture send(Packet packet) {
        throw new IllegalStateException("Packets must be sent through the socket");
    }

    @Override
    public void disconnect() {
        socket.disconnect();
    }
}
