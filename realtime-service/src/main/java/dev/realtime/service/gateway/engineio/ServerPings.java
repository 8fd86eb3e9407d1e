package dev.realtime.service.gateway.engineio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Revision 4: the server pings after each interval, and a session whose pong does not come in time is over. One timer a
 * session.
 */
final class ServerPings implements Heartbeat {

    private final EngineSession session;
    private final long intervalMillis;
    private final long timeoutMillis;

    private @Nullable ScheduledFuture<?> timer;
    private boolean awaitingPong;
    private boolean stopped;

    ServerPings(EngineSession session) {
        this.session = session;
        this.intervalMillis = session.properties().pingInterval().toMillis();
        this.timeoutMillis = session.properties().pingTimeout().toMillis();
    }

    @Override
    public synchronized void start() {
        schedule(this::ping, intervalMillis);
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public synchronized void onPong() {
        awaitingPong = false;
    }

    @Override
    public void onPing(byte[] packet) throws EngineException {
        throw new EngineException("a ping, which is the server's to send");
    }

    private void ping() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            awaitingPong = true;
            schedule(this::check, timeoutMillis);
        }
        session.send(Packets.of(PacketType.PING));
    }

    private void check() {
        synchronized (this) {
            if (!awaitingPong) {
                schedule(this::ping, Math.max(0, intervalMillis - timeoutMillis));
                return;
            }
        }
        session.end(EndReason.PING_TIMEOUT);
    }

    private void schedule(Runnable action, long millis) {
        if (!stopped) {
            timer = session.home().schedule(action, millis, TimeUnit.MILLISECONDS);
        }
    }
}
