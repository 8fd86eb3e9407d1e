package dev.realtime.service.gateway.engineio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's pings (protocol, section "Heartbeat"): one after each interval, and a session whose pong does not come in
 * time is over. One timer a session.
 */
final class Heartbeat {

    private final EngineSession session;
    private final EventLoop loop;
    private final long intervalMillis;
    private final long timeoutMillis;

    private @Nullable ScheduledFuture<?> timer;
    private boolean awaitingPong;
    private boolean stopped;

    Heartbeat(EngineSession session, EngineProperties properties, EventLoop loop) {
        this.session = session;
        this.loop = loop;
        this.intervalMillis = properties.pingInterval().toMillis();
        this.timeoutMillis = properties.pingTimeout().toMillis();
    }

    synchronized void start() {
        schedule(this::ping, intervalMillis);
    }

    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    synchronized void onPong() {
        awaitingPong = false;
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
            timer = loop.schedule(action, millis, TimeUnit.MILLISECONDS);
        }
    }
}
