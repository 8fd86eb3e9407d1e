package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.Revision;
import dev.realtime.socketio.protocol.ProtocolException;

/** Detects clients that are gone although their connections are not (protocol, section "Heartbeat"). */
interface Pings {

    void start();

    void stop();

    /** The client pings. */
    void onPing(byte[] packet) throws ProtocolException;

    /** The client answers a ping. */
    void onPong() throws ProtocolException;

    /** The heartbeat of the session's revision. */
    static Pings of(EngineSession session) {
        return session.handshake().revision() == Revision.V3 ? new ClientPings(session) : new ServerPings(session);
    }
}
