package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.protocol.ProtocolException;

/** Finds out that a client is gone though its connection is not (protocol, section "Heartbeat"). */
interface Pings {

    void start();

    void stop();

    /** The client pings. */
    void onPing(byte[] packet) throws ProtocolException;

    /** The client answers a ping. */
    void onPong() throws ProtocolException;

    /** The heartbeat of a session's revision. */
    static Pings of(EngineSession session) {
        return session.handshake().revision() == Revision.V3 ? new ClientPings(session) : new ServerPings(session);
    }
}
