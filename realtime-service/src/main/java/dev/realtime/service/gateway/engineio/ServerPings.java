package dev.realtime.service.gateway.engineio;

/**
 * Revision 4: the server pings after each interval, and a session whose pong does not come in time is over. One timer a
 * session.
 */
final class ServerPings implements Heartbeat {

    private final EngineSession session;
    private final SessionTimer timer;
    private final long intervalNanos;
    private final long timeoutNanos;

    private boolean awaitingPong;

    ServerPings(EngineSession session) {
        this.session = session;
        this.timer = new SessionTimer(session);
        this.intervalNanos = session.properties().pingInterval().toNanos();
        this.timeoutNanos = session.properties().pingTimeout().toNanos();
    }

    @Override
    public void start() {
        timer.schedule(this::ping, intervalNanos);
    }

    @Override
    public void stop() {
        timer.stop();
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
            if (timer.isStopped()) {
                return;
            }
            awaitingPong = true;
            timer.schedule(this::check, timeoutNanos);
        }
        session.send(Packets.of(PacketType.PING));
    }

    private void check() {
        synchronized (this) {
            if (!awaitingPong) {
                timer.schedule(this::ping, Math.max(0, intervalNanos - timeoutNanos));
                return;
            }
        }
        session.end(EndReason.PING_TIMEOUT);
    }
}
