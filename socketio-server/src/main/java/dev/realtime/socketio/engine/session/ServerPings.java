package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.timer.Timer;
import java.time.Duration;

/**
 * The heartbeat of revision 4: the server pings after each interval, and a session whose pong does not arrive in time
 * ends. One timer alternates between the ping and the check for its pong.
 *
 * <p>Both are scheduled from the time when the last ping was due, not when it was sent, and earlier by the wheel's
 * lateness. So a ping leaves before its interval is over, the client has its whole timeout, and a dead session ends at
 * most one interval and one timeout after the last ping was due.
 */
final class ServerPings extends Timer implements Pings {

    private final EngineSession session;
    private long pingDue;
    private boolean pinged;
    private boolean awaitingPong;
    private boolean stopped;

    ServerPings(EngineSession session) {
        this.session = session;
    }

    @Override
    public synchronized void start() {
        long now = System.nanoTime();
        pingDue = now + session.settings().pingInterval().toNanos();
        planPing(now);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        session.timers().cancel(this);
    }

    @Override
    public synchronized void onPong() {
        awaitingPong = false;
    }

    @Override
    public void onPing(byte[] packet) throws ProtocolException {
        throw new ProtocolException("unexpected ping");
    }

    @Override
    protected void onTime() {
        boolean over;
        synchronized (this) {
            if (stopped) {
                return;
            }
            long now = System.nanoTime();
            over = pinged && awaitingPong;
            if (pinged && !over) {
                pinged = false;
                pingDue += session.settings().pingInterval().toNanos();
                if (pingDue - lateness() > now) {
                    planPing(now);
                    return;
                }
            }
            if (!over) {
                pinged = true;
                awaitingPong = true;
                // On a busy loop the ping leaves late, and the timeout counts from then.
                pingDue = Math.max(pingDue, now + lateness());
                plan(pingDue + session.settings().pingTimeout().toNanos() - lateness() - now);
            }
        }
        if (over) {
            session.end(EndReason.PING_TIMEOUT);
        } else {
            session.send(Packets.ping());
        }
    }

    private void planPing(long now) {
        plan(pingDue - 2 * lateness() - now);
    }

    private long lateness() {
        return session.timers().lateness().toNanos();
    }

    private void plan(long nanos) {
        if (!stopped) {
            session.timers().plan(this, Duration.ofNanos(Math.max(0, nanos)));
        }
    }
}
