package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.PacketType;
import org.jspecify.annotations.Nullable;

/**
 * Where a session is in its life, and why it ends.
 *
 * <pre>
 *   OPEN ──close──► CLOSING ──last packet written, or time out──► CLOSED
 *     └────────────────── end(reason): at once ───────────────────►
 * </pre>
 *
 * <p>Changed within the session's monitor only; may be asked without it.
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
     * From open to closing.
     *
     * @param because how the session has ended then, whatever ends it
     * @param lastAnswer what ends the last answer to a poll
     * @return false when it is not open any more
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

    /** Ends; null when it had ended, else for which reason it has. */
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

    /** What ends the last answer to a poll. */
    public PacketType farewell() {
        return farewell;
    }
}
