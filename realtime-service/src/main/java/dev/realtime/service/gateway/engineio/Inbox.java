package dev.realtime.service.gateway.engineio;

import dev.realtime.service.gateway.limits.TokenBucket;
import java.util.Arrays;

/** What a session's client sends: the protocol's own packets are dealt with, messages go to the layer above. */
final class Inbox {

    private final EngineSession session;
    private final Heartbeat heartbeat;
    private final TokenBucket rate;
    private boolean flooded;

    Inbox(EngineSession session, Heartbeat heartbeat, TokenBucket rate) {
        this.session = session;
        this.heartbeat = heartbeat;
        this.rate = rate;
    }

    /** A packet from the current transport, which has counted it; text must be valid UTF-8. */
    void take(ReceivedPacket packet) throws EngineException {
        if (packet.binary()) {
            SessionListener receiver = session.receiver();
            if (receiver != null) {
                receiver.onBinary(packet.bytes());
            }
        } else {
            takeText(packet.bytes());
        }
    }

    /**
     * Counts something that the client sent, a packet or a frame; false when it sends more than it may. It must not be
     * heard any more then, and the layer above closes it.
     */
    boolean count() {
        synchronized (this) {
            if (flooded) {
                return false;
            }
            if (rate.take(System.nanoTime())) {
                return true;
            }
            flooded = true;
        }
        SessionListener receiver = session.receiver();
        if (receiver != null) {
            receiver.onFlood();
        }
        return false;
    }

    private void takeText(byte[] packet) throws EngineException {
        PacketType type = packet.length == 0 ? null : PacketType.of(packet[0]);
        if (type == null) {
            throw new EngineException("unknown packet type");
        }
        switch (type) {
            case MESSAGE -> {
                SessionListener receiver = session.receiver();
                if (receiver != null) {
                    receiver.onText(Arrays.copyOfRange(packet, 1, packet.length));
                }
            }
            case PING -> heartbeat.onPing(packet);
            case PONG -> heartbeat.onPong();
            case CLOSE -> session.onClientClose();
            // A late end of an upgrade, or the client's answer to a poll: nothing to do.
            case UPGRADE, NOOP -> {}
            case OPEN -> throw new EngineException("unexpected packet type " + type);
        }
    }
}
