package dev.realtime.socketio.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.namespace.Namespace;

/** A namespace of the library, entered by clients when they are complete: its own way calls them from their constructor. */
final class ListenedNamespace extends Namespace {

    ListenedNamespace(String name, Configuration configuration) {
        super(name, configuration);
    }

    /** Of a client that is being made. */
    @Override
    public void addClient(SocketIOClient client) {}

    /** A client is complete. */
    void enter(ClientAdapter client) {
        super.addClient(client);
    }
}
