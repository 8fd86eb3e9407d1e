package dev.realtime.socketio.engine;

import dev.realtime.socketio.engine.session.Backlogs;
import dev.realtime.socketio.engine.session.ClientBounds;
import dev.realtime.socketio.engine.session.EngineObserver;
import dev.realtime.socketio.engine.session.EngineSession;
import dev.realtime.socketio.engine.session.EngineSessions;
import dev.realtime.socketio.engine.session.EngineSettings;
import dev.realtime.socketio.engine.session.Handshake;
import dev.realtime.socketio.engine.session.SessionLimits;
import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.Revision;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;

/** Sessions without a front door. */
public final class FuzzSessions {

    private static final int ANONYMOUS_BYTES = 32 * 1024;

    private FuzzSessions() {}

    /** A registry of sessions that may send any number of packets. */
    public static EngineSessions of(EngineSettings settings) {
        return new EngineSessions(
                settings,
                new SessionLimits(1_000_000, 1_000_000, Duration.ofSeconds(2), ANONYMOUS_BYTES),
                ClientBounds.perSession(ANONYMOUS_BYTES, settings.heldBytes()),
                EngineObserver.NONE,
                "test.",
                new Backlogs(64 * 1024));
    }

    /** A session of a client on this machine that has an identity. */
    public static EngineSession open(EngineSessions sessions, Revision revision, EventLoop home) {
        try {
            EngineSession session =
                    sessions.create(new Handshake(revision, true, InetAddress.getLoopbackAddress(), null, null), home);
            session.standing().identify("user:17");
            return session;
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }
}
