package dev.realtime.service.gateway.engineio;

import dev.realtime.service.gateway.timers.Timer;
import java.time.Duration;

/**
 * Revision 4: the server pings after each interval, and a session whose pong does not come in time is over. The ping and
 * the look for its pong are one timer's turns.
 */
final class ServerPings extends Timer implements Pings {

    private final EngineSession session;
    private boolean pinged;
    private boolean awaitingPong;
    private boolean stopped;

    ServerPings(EngineSession session) {
        this.session = session;
    }

    @Override
    public void start() {
        plan(session.settings().pingInterval());
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
    public void onPing(byte[] packet) throws EngineException {
        throw new EngineException("a ping, which is the server's to send");
    }

    @Override
    protected void onTime() {
        boolean over;
        synchronized (this) {
            if (stopped) {
                return;
            }
            EngineSettings settings = session.settings();
            over = pinged && awaitingPong;
            if (pinged && !over) {
                pinged = false;
                Duration rest = settings.pingInterval().minus(settings.pingTimeout());
                if (rest.isPositive()) {
                    plan(rest);
                    return;
                }
            }
            if (!over) {
                pinged = true;
                awaitingPong = true;
                plan(settings.pingTimeout());
            }
        }
        if (over) {
            session.end(EndReason.PING_TIMEOUT);
        } else {
            session.send(Packets.ping());
        }
    }

    private synchronized void plan(Duration delay) {
        if (!stopped) {
            session.timers().plan(this, delay);
        }
    }
}
