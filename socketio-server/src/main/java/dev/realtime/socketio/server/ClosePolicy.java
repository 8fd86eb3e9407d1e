package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EndReason;
import java.util.List;

/** Decides what clients are told when the server closes their connections. Called in a connection's turn; may block. */
@FunctionalInterface
public interface ClosePolicy {

    /** The farewell of a connection that the server closes on its own. */
    Farewell farewell(CloseCause cause);

    /** A connection was closed with this farewell, for whatever reason; for metrics. */
    default void closed(Farewell farewell) {}

    /** Closes without a message. A client that was not admitted stays away; others may reconnect. */
    static ClosePolicy silent() {
        return cause -> new Silence(
                cause != CloseCause.ADMISSION_TIMEOUT,
                cause == CloseCause.PROTOCOL_ERROR ? EndReason.PROTOCOL_ERROR : EndReason.POLICY_VIOLATION);
    }

    /** A farewell without an event. */
    record Silence(boolean mayReturn, EndReason reason) implements Farewell {

        @Override
        public List<Object> event() {
            return List.of();
        }
    }
}
