package dev.realtime.socketio.engine.session;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session's client may send and make us hold: little until it has an identity, and then what its user may.
 * Thread-safe.
 */
public final class Standing {

    /** The small messages that everybody sends cost their user's rate next to nothing, and take no lock. */
    private static final int COUNTED_AT = 64 * 1024;

    private final SessionBudget budget;
    private final ClientBounds bounds;
    private final InetAddress address;
    private final Duration unidentifiedAfter;
    private volatile @Nullable String userKey;
    /** Bytes that are not entered with the user yet. Only for the loop that brings them. */
    private int newBytes;

    private int anonymousBytesLeft;
    private boolean counted;
    private boolean ended;

    /**
     * @param budget the session's own, which ends with it
     */
    Standing(SessionBudget budget, ClientBounds bounds, InetAddress address, SessionLimits limits) {
        this.budget = budget;
        this.bounds = bounds;
        this.address = address;
        this.unidentifiedAfter = limits.unidentifiedAfter();
        this.anonymousBytesLeft = limits.bytesBeforeIdentity();
    }

    /** What the client makes us hold. */
    public SessionBudget budget() {
        return budget;
    }

    public boolean isIdentified() {
        return userKey != null;
    }

    /** The client has an identity. */
    public synchronized void identify(String user) {
        budget.identify(user);
        userKey = user;
        leave();
    }

    /**
     * The client has had time enough to show an identity: it counts among the unidentified sessions of its address until
     * it does.
     *
     * @return false when the address has as many of them as it may
     */
    public synchronized boolean enterUnidentified() {
        if (userKey == null && !counted && !ended) {
            counted = bounds.enterUnidentified(address);
            return counted;
        }
        return true;
    }

    /** How long that is. */
    public Duration unidentifiedAfter() {
        return unidentifiedAfter;
    }

    /** Counts bytes that came from the network; false when the client sends too many, or too many a second. */
    public boolean arrived(int bytes) {
        String user = userKey;
        if (user == null) {
            return arrivedAnonymously(bytes);
        }
        newBytes += bytes;
        if (newBytes < COUNTED_AT) {
            return true;
        }
        int counted = newBytes;
        newBytes = 0;
        return bounds.allowsBytes(user, counted);
    }

    private synchronized boolean arrivedAnonymously(int bytes) {
        anonymousBytesLeft = Math.max(-1, anonymousBytesLeft - bytes);
        return userKey != null || anonymousBytesLeft >= 0;
    }

    /** Whether a body of this length may come. */
    public synchronized boolean mayCome(long bytes) {
        return userKey != null || bytes <= anonymousBytesLeft;
    }

    /** The session is over: gives everything back. */
    public synchronized void end() {
        ended = true;
        leave();
        budget.close();
    }

    private void leave() {
        if (counted) {
            counted = false;
            bounds.leaveUnidentified(address);
        }
    }
}
