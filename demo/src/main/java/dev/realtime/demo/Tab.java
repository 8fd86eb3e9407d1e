package dev.realtime.demo;

import dev.realtime.contracts.GatewayEvents;
import dev.realtime.contracts.Room;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * A browser tab: one stock client with one connection. Not reusable: to reconnect, open a new tab with a fresh token.
 * The listener is called on the client library's thread, {@code lost} at most once and never after {@link #close()}.
 */
final class Tab {

    /** Receives the changes of a tab. */
    interface Listener {

        /** The service has accepted the tab's identity. */
        void opened();

        /**
         * The connection is lost.
         *
         * @param code the service's close or error code, or null
         */
        void lost(Loss loss, @Nullable String code);
    }

    private final Socket socket;
    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable String farewell;

    private Tab(Socket socket, Listener listener) {
        this.socket = socket;
        this.listener = listener;
    }

    static Tab open(URI url, String token, List<String> transports, Network network, Listener listener) {
        IO.Options options = IO.Options.builder()
                .setAuth(Map.of("token", token))
                .setTransports(transports.toArray(String[]::new))
                .setForceNew(true)
                .setReconnection(false)
                .build();
        network.applyTo(options);
        Tab tab = new Tab(IO.socket(url, options), listener);
        tab.listen();
        tab.socket.connect();
        return tab;
    }

    void join(Room room) {
        emit(GatewayEvents.JOIN_ROOM, room);
    }

    void leave(Room room) {
        emit(GatewayEvents.LEAVE_ROOM, room);
    }

    void close() {
        over.set(true);
        socket.close();
    }

    private void emit(String event, Room room) {
        if (socket.connected()) {
            socket.emit(event, new JSONObject().put("room", room.toString()));
        }
    }

    private void listen() {
        socket.on(GatewayEvents.CONNECTED, arguments -> listener.opened());
        socket.on(GatewayEvents.ERROR, arguments -> {
            if (arguments.length > 0 && arguments[0] instanceof JSONObject notice && notice.has("reconnect")) {
                farewell = notice.optString("code");
            }
        });
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> {
            // A refusal by the service is an object; a network failure is an exception.
            JSONObject data = arguments.length > 0 && arguments[0] instanceof JSONObject refusal
                    ? refusal.optJSONObject("data")
                    : null;
            if (data == null) {
                lose(Loss.BROKEN, null);
            } else {
                lose(Loss.SENT_AWAY, data.optString("code"));
            }
        });
        socket.on(Socket.EVENT_DISCONNECT, arguments -> {
            boolean told = arguments.length > 0 && "io server disconnect".equals(arguments[0]);
            lose(told ? Loss.SENT_AWAY : Loss.BROKEN, farewell);
        });
    }

    private void lose(Loss loss, @Nullable String code) {
        if (over.compareAndSet(false, true)) {
            socket.close();
            listener.lost(loss, code);
        }
    }
}
