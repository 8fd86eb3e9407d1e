package dev.realtime.socketio.engine.session;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session's client may send and make the server hold: little until it has an identity, then what its user may.
 * Thread-safe.
 */
public final class Standing {

    /** The small messages that every client sends hardly count towards the user's rate, and take no lock. */
    private static final int COUNTED_AT = 64 * 1024;

    private final SessionBudget budget;
    private final ClientBounds bounds;
    private final InetAddress address;
    private final Duration unidentifiedAfter;
    private volatile @Nullable String userKey;
    /** Bytes that are not yet counted for the user. Accessed only on the event loop that receives them. */
    private int newBytes;

    private int anonymousBytesLeft;
    private boolean counted;
    private boolean ended;

    /** @param budget the session's own; closed with the session */
    Standing(SessionBudget budget, ClientBounds bounds, InetAddress address, SessionLimits limits) {
        this.budget = budget;
        this.bounds = bounds;
        this.address = address;
        this.unidentifiedAfter = limits.unidentifiedAfter();
        this.anonymousBytesLeft = limits.bytesBeforeIdentity();
    }

    /** The bytes that the client makes the server hold. */
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
     * The client had enough time to show an identity: until it does, it counts among the unidentified sessions of its
     * address.
     *
     * @return false if its address already has as many of them as allowed
     */
    public synchronized boolean enterUnidentified() {
        if (userKey == null && !counted && !ended) {
            counted = bounds.enterUnidentified(address);
            return counted;
        }
        return true;
    }

    /** How long a session may lack an identity before it counts as unidentified. */
    public Duration unidentifiedAfter() {
        return unidentifiedAfter;
    }

    /** Counts bytes from the network; false if the client exceeds its total or its user's rate. */
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

    /** Whether a body of this length may be sent. */
    public synchronized boolean mayCome(long bytes) {
        return userKey != null || bytes <= anonymousBytesLeft;
    }

    /** Returns everything; the session has ended. */
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
