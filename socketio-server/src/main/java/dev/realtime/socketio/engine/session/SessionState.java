package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session, and why it ends.
 *
 * <pre>
 *   OPEN ──close──► CLOSING ──last packet written, or time out──► CLOSED
 *     └────────────────── end(reason): at once ───────────────────►
 * </pre>
 *
 * <p>Changed only within the session's monitor; may be read without it.
 */
public final class SessionState {

    private enum Phase {
        OPEN,
        CLOSING,
        CLOSED
    }

    private volatile Phase phase = Phase.OPEN;
    private volatile EndReason reason = EndReason.SERVER_CLOSE;
    private volatile PacketType farewell = PacketType.CLOSE;

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean isClosing() {
        return phase == Phase.CLOSING;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /**
     * Changes from open to closing.
     *
     * @param because the reason with which the session ends, whatever ends it
     * @param lastAnswer the packet of the last response to a poll
     * @return false if the session is not open any more
     */
    boolean close(EndReason because, PacketType lastAnswer) {
        if (!isOpen()) {
            return false;
        }
        reason = because;
        farewell = lastAnswer;
        phase = Phase.CLOSING;
        return true;
    }

    /** Ends; returns the reason, or null if it had already ended. */
    @Nullable
    EndReason end(EndReason cause) {
        if (isClosed()) {
            return null;
        }
        EndReason because = isClosing() ? reason : cause;
        phase = Phase.CLOSED;
        return because;
    }

    /** Why it is closing. */
    public EndReason reason() {
        return reason;
    }

    /** The packet of the last response to a poll. */
    public PacketType farewell() {
        return farewell;
    }
}
