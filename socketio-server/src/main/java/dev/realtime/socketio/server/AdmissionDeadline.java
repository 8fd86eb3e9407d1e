package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.timer.Timer;
import java.time.Duration;

/**
 * The time a connection has for a socket to be let in: after a part of it the session counts among those that have no
 * identity, and at its end the connection is closed. All but the timer runs in the connection's turn.
 */
final class AdmissionDeadline extends Timer {

    private final SocketConnection connection;
    private final EngineSession session;
    private Duration left;

    AdmissionDeadline(SocketConnection connection, Duration timeout) {
        this.connection = connection;
        this.session = connection.session();
        this.left = timeout;
    }

    void plan() {
        Duration grace = session.standing().unidentifiedAfter();
        Duration next = grace.compareTo(left) < 0 ? grace : left;
        left = left.minus(next);
        session.timers().plan(this, next);
    }

    void cancel() {
        session.timers().cancel(this);
    }

    @Override
    protected void onTime() {
        connection.inTurn(this::onTimeInTurn);
    }

    private void onTimeInTurn() {
        if (!connection.isWaitingFor(this)) {
            return;
        }
        if (left.isZero() || !session.standing().enterUnidentified()) {
            connection.closeInTurn(CloseCause.ADMISSION_TIMEOUT);
        } else {
            session.timers().plan(this, left);
            left = Duration.ZERO;
        }
    }
}
