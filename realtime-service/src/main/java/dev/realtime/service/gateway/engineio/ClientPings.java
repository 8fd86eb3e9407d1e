package dev.realtime.service.gateway.engineio;

/**
 * Revision 3: the client pings, the server answers with what the ping carried, and a session without a ping for an
 * interval and a timeout is over. One timer a session, which looks and sleeps again.
 */
final class ClientPings implements Heartbeat {

    /** Stock clients send none but {@code probe}, and that is part of an upgrade. */
    private static final int MAX_PING = 128;

    private final EngineSession session;
    private final SessionTimer timer;
    private final long patienceNanos;

    private long lastPing = System.nanoTime();

    ClientPings(EngineSession session) {
        this.session = session;
        this.timer = new SessionTimer(session);
        EngineProperties properties = session.properties();
        this.patienceNanos =
                properties.pingInterval().plus(properties.pingTimeout()).toNanos();
    }

    @Override
    public void start() {
        timer.schedule(this::check, patienceNanos);
    }

    @Override
    public void stop() {
        timer.stop();
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
                timer.schedule(this::check, left);
                return;
            }
        }
        session.end(EndReason.PING_TIMEOUT);
    }
}
