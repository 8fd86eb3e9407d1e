package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Packets;
import dev.realtime.socketio.protocol.ProtocolException;
import dev.realtime.socketio.timer.Timer;
import java.time.Duration;

/**
 * The heartbeat of revision 3: the client pings, the server echoes the ping's data, and a session without a ping for
 * pingInterval plus pingTimeout ends, never later: the check runs earlier by the wheel's lateness. One timer per
 * session, which checks and sleeps again.
 */
final class ClientPings extends Timer implements Pings {

    /** Stock clients send no data except {@code probe}, which belongs to an upgrade. */
    private static final int MAX_PING = 128;

    private final EngineSession session;
    private final long patienceNanos;

    private long lastPing = System.nanoTime();
    private boolean stopped;

    ClientPings(EngineSession session) {
        this.session = session;
        EngineSettings settings = session.settings();
        this.patienceNanos = settings.pingInterval()
                .plus(settings.pingTimeout())
                .minus(session.timers().lateness())
                .toNanos();
    }

    @Override
    public synchronized void start() {
        if (!stopped) {
            session.timers().plan(this, Duration.ofNanos(patienceNanos));
        }
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        session.timers().cancel(this);
    }

    @Override
    public void onPing(byte[] packet) throws ProtocolException {
        if (packet.length > MAX_PING) {
            throw new ProtocolException("ping too large");
        }
        synchronized (this) {
            lastPing = System.nanoTime();
        }
        session.send(Packets.pong(packet));
    }

    @Override
    public void onPong() throws ProtocolException {
        throw new ProtocolException("pong without a ping");
    }

    @Override
    protected void onTime() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            long left = lastPing + patienceNanos - System.nanoTime();
            if (left > 0) {
                session.timers().plan(this, Duration.ofNanos(left));
                return;
            }
        }
        session.end(EndReason.PING_TIMEOUT);
    }
}
