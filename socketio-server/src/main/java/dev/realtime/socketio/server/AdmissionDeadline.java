package dev.realtime.socketio.server;

import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.timer.Timer;
import java.time.Duration;

/**
 * The time within which a connection must have an admitted socket: after a part of it, the session counts as
 * unidentified; at its end, the connection is closed. Everything except the timer callback runs in the connection's
 * turn.
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
