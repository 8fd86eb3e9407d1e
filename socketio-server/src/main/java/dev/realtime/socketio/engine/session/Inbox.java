package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.PacketType;
import dev.realtime.socketio.engine.wire.ReceivedPacket;
import dev.realtime.socketio.protocol.ProtocolException;
import java.util.Arrays;

/**
 * Receives what a session's client sends: handles the packets of Engine.IO itself and passes messages to the layer
 * above.
 */
public final class Inbox {

    private final EngineSession session;
    private final Pings pings;
    private final TokenBucket rate;
    private boolean deaf;

    Inbox(EngineSession session, Pings pings, TokenBucket rate) {
        this.session = session;
        this.pings = pings;
        this.rate = rate;
    }

    /** Takes a packet from the current transport, which has counted it; text must be valid UTF-8. */
    public void take(ReceivedPacket packet) throws ProtocolException {
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
     * Counts a packet or a frame of the client; false if the client exceeds its rate. The caller must then ignore the
     * client, and the layer above closes the session.
     */
    public boolean count() {
        synchronized (this) {
            if (deaf) {
                return false;
            }
            if (rate.take(System.nanoTime())) {
                return true;
            }
            deaf = true;
        }
        SessionListener receiver = session.receiver();
        if (receiver != null) {
            receiver.onFlood();
        }
        return false;
    }

    /**
     * Counts bytes as they arrive from the network; false if the client exceeds a limit. The caller must then ignore
     * the client, and the layer above closes the session.
     */
    public boolean arrived(int bytes) {
        if (session.standing().arrived(bytes)) {
            return true;
        }
        tooMuch();
        return false;
    }

    /** Takes room for bytes to be kept; false if there is none, with the same consequence. */
    public boolean hold(int bytes) {
        if (holdIfThereIsRoom(bytes)) {
            return true;
        }
        tooMuch();
        return false;
    }

    /** Takes room for bytes to be kept; false, without further consequence, if there is none. */
    public boolean holdIfThereIsRoom(int bytes) {
        return session.standing().budget().take(bytes);
    }

    /** Returns the room of bytes that were kept. */
    public void giveBack(int bytes) {
        session.standing().budget().give(bytes);
    }

    /** The client sends more, or makes the server hold more, than it may. */
    public void tooMuch() {
        synchronized (this) {
            if (deaf) {
                return;
            }
            deaf = true;
        }
        SessionListener receiver = session.receiver();
        if (receiver != null) {
            receiver.onTooMuchData();
        }
    }

    /** Whether the client is ignored from now on. */
    public synchronized boolean isDeaf() {
        return deaf;
    }

    private void takeText(byte[] packet) throws ProtocolException {
        PacketType type = packet.length == 0 ? null : PacketType.of(packet[0]);
        if (type == null) {
            throw new ProtocolException("unknown packet type");
        }
        switch (type) {
            case MESSAGE -> {
                SessionListener receiver = session.receiver();
                if (receiver != null) {
                    receiver.onText(Arrays.copyOfRange(packet, 1, packet.length));
                }
            }
            case PING -> pings.onPing(packet);
            case PONG -> pings.onPong();
            case CLOSE -> session.onClientClose();
            // A late end of an upgrade, or the client's answer to a poll: nothing to do.
            case UPGRADE, NOOP -> {}
            case OPEN -> throw new ProtocolException("unexpected packet type " + type);
        }
    }
}
