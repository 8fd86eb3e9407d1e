package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EndReason;
import java.util.List;

/** How the server ends a connection: the last event for its clients, and whether they may reconnect. */
public interface Farewell {

    /** The last event of each of the connection's sockets, its name first; empty for none. */
    List<Object> event();

    /**
     * Whether the client may reconnect. If so, only the transport closes, and a stock client reconnects; otherwise a
     * DISCONNECT is sent first, after which a stock client stays away.
     */
    boolean mayReturn();

    /** The reason with which the session ends. */
    EndReason reason();
}
