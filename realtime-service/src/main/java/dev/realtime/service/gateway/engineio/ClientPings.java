package dev.realtime.service.gateway.engineio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Revision 3: the client pings, the server answers with what the ping carried, and a session without a ping for an
 * interval and a timeout is over. One timer a session, which looks and sleeps again.
 */
final class ClientPings implements Heartbeat {

    /** Stock clients send none but {@code probe}, and that is part of an upgrade. */
    private static final int MAX_PING = 128;

    private final EngineSession session;
    private final long patienceNanos;

    private @Nullable ScheduledFuture<?> timer;
    private long lastPing = System.nanoTime();
    private boolean stopped;

    ClientPings(EngineSession session) {
        this.session = session;
        EngineProperties properties = session.properties();
        this.patienceNanos =
                properties.pingInterval().plus(properties.pingTimeout()).toNanos();
    }

    @Override
    public synchronized void start() {
        schedule(patienceNanos);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void onPing(byte[] packet) throws EngineException {
        if (packet.length > MAX_PING) {
            throw new EngineException("a ping too large");
        }
        synchronized (this) {
            lastPing = System.nanoTime();
        }
        session.send(Packets.pong(packet));
    }

    @Override
    public void onPong() throws EngineException {
        throw new EngineException("a pong without a ping");
    }

    private void check() {
        synchronized (this) {
            long left = lastPing + patienceNanos - System.nanoTime();
            if (left > 0) {
                schedule(left);
                return;
            }
        }
        session.end(EndReason.PING_TIMEOUT);
    }

    private void schedule(long nanos) {
        if (!stopped) {
            timer = session.home().schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
