package dev.realtime.socketio.engine.session;

import dev.realtime.socketio.engine.wire.RefusedException;
import dev.realtime.socketio.engine.wire.Revision;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;

/** Sessions without a front door. */
public final class TestSessions {

    private static final int ANONYMOUS_BYTES = 32 * 1024;

    private TestSessions() {}

    /** A session of a client on this machine that has an identity, in a registry of its own. */
    public static EngineSession open(EngineSettings settings, EventLoop home) {
        return open(of(settings), Revision.V4, home);
    }

    /** A session of a client on this machine that has no identity, in a registry of its own. */
    public static EngineSession anonymous(EngineSettings settings, EventLoop home) {
        return create(of(settings), Revision.V4, home);
    }

    /** A session of a client on this machine that has an identity. */
    public static EngineSession open(EngineSessions sessions, Revision revision, EventLoop home) {
        EngineSession session = create(sessions, revision, home);
        session.standing().identify("user:17");
        return session;
    }

    private static EngineSession create(EngineSessions sessions, Revision revision, EventLoop home) {
        try {
            return sessions.create(new Handshake(revision, true, InetAddress.getLoopbackAddress(), null, null), home);
        } catch (RefusedException e) {
            throw new IllegalStateException(e);
        }
    }

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
}
