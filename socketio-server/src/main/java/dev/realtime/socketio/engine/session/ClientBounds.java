package dev.realtime.socketio.engine.session;

import java.net.InetAddress;

/** Limits across several sessions of one client. Thread-safe; called on event loops, so it must not block. */
public interface ClientBounds {

    /** Whether this address may open another session. */
    boolean mayOpen(InetAddress address);

    /**
     * Counts a session that is still without an identity after some time.
     *
     * @return false, without counting, if its address already has as many of them as allowed
     */
    boolean enterUnidentified(InetAddress address);

    /** A counted session has ended or has an identity now. */
    void leaveUnidentified(InetAddress address);

    /** Counts bytes that a user has sent; false if there are too many. */
    boolean allowsBytes(String user, int bytes);

    /** The budget of a new session from this address. */
    SessionBudget open(InetAddress address);

    /**
     * Limits for single sessions only, none across them.
     *
     * @param anonymousBytes how many bytes a session may make the server hold before it has an identity
     * @param identifiedBytes how many with one
     */
    static ClientBounds perSession(int anonymousBytes, int identifiedBytes) {
        return new ClientBounds() {
            @Override
            public boolean mayOpen(InetAddress address) {
                return true;
            }

            @Override
            public boolean enterUnidentified(InetAddress address) {
                return true;
            }

            @Override
            public void leaveUnidentified(InetAddress address) {}

            @Override
            public boolean allowsBytes(String user, int bytes) {
                return true;
            }

            @Override
            public SessionBudget open(InetAddress address) {
                return new OwnBudget(anonymousBytes, identifiedBytes);
            }
        };
    }
}
