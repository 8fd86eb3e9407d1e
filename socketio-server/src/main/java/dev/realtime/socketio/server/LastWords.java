package dev.realtime.socketio.server;

import dev.realtime.socketio.protocol.EncodedPacket;
import dev.realtime.socketio.protocol.PacketEncoder;
import dev.realtime.socketio.protocol.SocketPacket.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The last packets of a connection that the server closes. */
final class LastWords {

    private LastWords() {}

    /** Each socket's last event, if there is one, and a DISCONNECT unless the client may reconnect. */
    static List<EncodedPacket> of(Farewell farewell, Collection<NamespaceSocket> sockets) {
        List<EncodedPacket> packets = new ArrayList<>();
        List<Object> event = farewell.event();
        for (NamespaceSocket socket : sockets) {
            if (!event.isEmpty()) {
                packets.addAll(PacketEncoder.encode(Type.EVENT, socket.namespaceName(), null, event));
            }
            if (!farewell.mayReturn()) {
                packets.addAll(PacketEncoder.encode(Type.DISCONNECT, socket.namespaceName(), null, null));
            }
        }
        return packets;
    }
}
