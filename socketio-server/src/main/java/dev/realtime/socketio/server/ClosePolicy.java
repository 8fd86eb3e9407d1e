package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EndReason;
import java.util.List;

/** What clients are told when the server closes their connections. Called in a connection's turn; may block. */
@FunctionalInterface
public interface ClosePolicy {

    /** The farewell of a connection that the server closes by itself. */
    Farewell farewell(CloseCause cause);

    /** A connection has been told this, for whatever reason; for metrics. */
    default void closed(Farewell farewell) {}

    /** Tells no reason. A client that was not let in stays away; others may come back. */
    static ClosePolicy silent() {
        return cause -> new Silence(
                cause != CloseCause.ADMISSION_TIMEOUT,
                cause == CloseCause.PROTOCOL_ERROR ? EndReason.PROTOCOL_ERROR : EndReason.POLICY_VIOLATION);
    }

    /** A farewell without a word. */
    record Silence(boolean mayReturn, EndReason reason) implements Farewell {

        @Override
        public List<Object> event() {
            return List.of();
        }
    }
}
