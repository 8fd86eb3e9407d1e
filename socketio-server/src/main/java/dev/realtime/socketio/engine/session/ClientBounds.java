package dev.realtime.socketio.engine.session;

import java.net.InetAddress;

/** The bounds that count over several sessions of a client. Thread-safe; asked on event loops, so it must not block. */
public interface ClientBounds {

    /** Whether this address may open another session. */
    boolean mayOpen(InetAddress address);

    /**
     * Counts a session that is still without an identity after some time.
     *
     * @return false, and nothing is counted, when its address has as many of them as it may
     */
    boolean enterUnidentified(InetAddress address);

    /** A session that was counted has ended, or has an identity now. */
    void leaveUnidentified(InetAddress address);

    /** Counts bytes that a user has sent; false when there are too many of them. */
    boolean allowsBytes(String user, int bytes);

    /** The budget of a new session from this address. */
    SessionBudget open(InetAddress address);

    /**
     * No bound but each session's own.
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
