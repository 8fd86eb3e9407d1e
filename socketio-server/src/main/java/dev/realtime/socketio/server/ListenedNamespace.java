package dev.realtime.socketio.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.listener.ConnectListener;
import com.corundumstudio.socketio.listener.DisconnectListener;
import com.corundumstudio.socketio.listener.ExceptionListener;
import com.corundumstudio.socketio.namespace.Namespace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A netty-socketio namespace without its unneeded work per client: a room with all clients, which
 * {@link #getBroadcastOperations()} does not need, and messages to a store that keeps nothing. Clients enter only once
 * they are fully constructed, because the superclass would add them from their constructor.
 */
final class ListenedNamespace extends Namespace {

    // Replace the superclass's own lists, which it does not expose.
    private final List<ConnectListener> connectListeners = new CopyOnWriteArrayList<>();
    private final List<DisconnectListener> disconnectListeners = new CopyOnWriteArrayList<>();
    private final ExceptionListener failures;

    ListenedNamespace(String name, Configuration configuration) {
        super(name, configuration);
        this.failures = configuration.getExceptionListener();
    }

    @Override
    public void addConnectListener(ConnectListener listener) {
        connectListeners.add(listener);
    }

    @Override
    public void addDisconnectListener(DisconnectListener listener) {
        disconnectListeners.add(listener);
    }

    /** Does nothing: the client is still being constructed. */
    @Override
    public void addClient(SocketIOClient client) {}

    /** Adds a fully constructed client. */
    void enter(ClientAdapter client) {
        super.addClient(client);
    }

    @Override
    public void onConnect(SocketIOClient client) {
        try {
            for (ConnectListener listener : connectListeners) {
                listener.onConnect(client);
            }
        } catch (Exception e) {
            failures.onConnectException(e, client);
        }
    }

    @Override
    public void onDisconnect(SocketIOClient client) {
        // The superclass has no listeners here, so this only removes the client and its rooms.
        super.onDisconnect(client);
        try {
            for (DisconnectListener listener : disconnectListeners) {
                listener.onDisconnect(client);
            }
        } catch (Exception e) {
            failures.onDisconnectException(e, client);
        }
    }
}
