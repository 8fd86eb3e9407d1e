package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EndReason;
import java.util.List;

/** How the server ends a connection: what clients are told before, and whether they come back. */
public interface Farewell {

    /** The last event of each of the connection's sockets, its name first; empty for none. */
    List<Object> event();

    /**
     * Whether the client may come back. Then only the transport closes, and a stock client connects again; otherwise it is
     * sent a DISCONNECT first, after which it stays away.
     */
    boolean mayReturn();

    /** How the session has ended then. */
    EndReason reason();
}
