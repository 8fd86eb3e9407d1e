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
 * A namespace of the library without what its own way does for each client besides calling listeners: a room for everybody,
 * which {@link #getBroadcastOperations()} does not need, and messages to a store that keeps nothing. Clients enter when they
 * are complete: its own way calls them from their constructor.
 */
final class ListenedNamespace extends Namespace {

    // The superclass has these too, and no way to them.
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

    /** Of a client that is being made. */
    @Override
    public void addClient(SocketIOClient client) {}

    /** A client is complete. */
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
        // Has no listeners to tell, and so only forgets the client and the rooms it has joined.
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
